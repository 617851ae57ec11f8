package dev.aerie.rtsp;

import dev.aerie.HouseRules;

final class HouseRulesTest extends HouseRules {}
