package dev.aerie.ingest;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
