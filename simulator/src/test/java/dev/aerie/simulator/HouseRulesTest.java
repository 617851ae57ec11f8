package dev.aerie.simulator;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
