package dev.aerie.messages;

import dev.aerie.messages.testing.FuzzCorpus;

final class FuzzCorpusTest extends FuzzCorpus {}
