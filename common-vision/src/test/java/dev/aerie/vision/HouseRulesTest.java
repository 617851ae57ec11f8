package dev.aerie.vision;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
