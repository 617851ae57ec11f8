package dev.aerie.slam.engine;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
