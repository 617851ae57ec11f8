package dev.aerie.video;

import dev.aerie.messages.testing.FuzzCorpus;

final class FuzzCorpusTest extends FuzzCorpus {}
