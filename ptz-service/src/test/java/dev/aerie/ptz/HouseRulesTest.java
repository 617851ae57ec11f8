package dev.aerie.ptz;

import dev.aerie.HouseRules;

class HouseRulesTest extends HouseRules {}
