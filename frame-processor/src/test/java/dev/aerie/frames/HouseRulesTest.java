package dev.aerie.frames;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
