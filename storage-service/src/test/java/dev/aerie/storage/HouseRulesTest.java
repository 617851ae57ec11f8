package dev.aerie.storage;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
