package dev.aerie.service.web;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
