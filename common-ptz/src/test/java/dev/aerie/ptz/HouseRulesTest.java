package dev.aerie.ptz;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
