package dev.aerie.slam.earth;

/// A position on the earth: WGS 84, the altitude in metres above whatever the vehicle counts from.
public record GeoPoint(double latitudeDegrees, double longitudeDegrees, double altitudeMetres) {}
