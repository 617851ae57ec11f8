package dev.aerie.slam.map;

/// A picture's feature shows a landmark.
public record Sighting(int feature, Landmark landmark) {}
