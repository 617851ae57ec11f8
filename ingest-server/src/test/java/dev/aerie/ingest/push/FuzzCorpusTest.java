package dev.aerie.ingest.push;

import dev.aerie.messages.testing.FuzzCorpus;

final class FuzzCorpusTest extends FuzzCorpus {}
