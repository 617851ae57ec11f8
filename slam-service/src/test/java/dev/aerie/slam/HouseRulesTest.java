package dev.aerie.slam;

import dev.aerie.HouseRules;

class HouseRulesTest extends HouseRules {}
