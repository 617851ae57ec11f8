package dev.aerie.slam.map;

/// A frame's feature shows a landmark.
public record Match(int feature, Landmark landmark) {}
