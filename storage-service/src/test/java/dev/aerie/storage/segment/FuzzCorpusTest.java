package dev.aerie.storage.segment;

import dev.aerie.messages.testing.FuzzCorpus;

final class FuzzCorpusTest extends FuzzCorpus {}
