package dev.aerie.evaluation;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
