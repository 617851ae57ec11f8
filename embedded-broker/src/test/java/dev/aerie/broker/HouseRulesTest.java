package dev.aerie.broker;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
