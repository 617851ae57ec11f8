package dev.aerie.cli;

import dev.aerie.HouseRules;

class HouseRulesTest extends HouseRules {}
