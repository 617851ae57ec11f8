package dev.aerie.vision.checkpoint;

import dev.aerie.messages.testing.FuzzCorpus;

final class FuzzCorpusTest extends FuzzCorpus {}
