package dev.aerie.benchmarks;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
