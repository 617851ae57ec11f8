package dev.aerie.slam.match;

/// Two features that show the same thing, by their indices in their frames.
public record FeaturePair(int first, int second) {}
