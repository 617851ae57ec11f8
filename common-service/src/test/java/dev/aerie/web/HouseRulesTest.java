package dev.aerie.web;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
