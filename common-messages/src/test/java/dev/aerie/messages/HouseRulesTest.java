package dev.aerie.messages;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
