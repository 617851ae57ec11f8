package dev.aerie.slam.earth;

import dev.aerie.geometry.Vector3;

/// East, north, up in metres from a place on the earth, for what lies within some ten kilometres of it.
///
/// Source: the radii of curvature of the WGS 84 ellipsoid (Torge 2001, "Geodesy", section 4.1.3).
public record TangentPlane(GeoPoint origin) {

    private static final double EQUATOR_METRES = 6_378_137;
    private static final double ECCENTRICITY_SQUARED = 6.694379990141e-3;

    /// East, north, up.
    public Vector3 toLocal(GeoPoint position) {
        return new Vector3(
                (position.longitudeDegrees() - origin.longitudeDegrees()) * metresPerDegreeEast(),
                (position.latitudeDegrees() - origin.latitudeDegrees()) * metresPerDegreeNorth(),
                position.altitudeMetres() - origin.altitudeMetres());
    }

    public GeoPoint toEarth(Vector3 eastNorthUp) {
        return new GeoPoint(
                origin.latitudeDegrees() + eastNorthUp.y() / metresPerDegreeNorth(),
                origin.longitudeDegrees() + eastNorthUp.x() / metresPerDegreeEast(),
                origin.altitudeMetres() + eastNorthUp.z());
    }

    private double metresPerDegreeNorth() {
        double w = flattening();
        double radius = EQUATOR_METRES * (1 - ECCENTRICITY_SQUARED) / (w * w * w);
        return Math.toRadians(radius + origin.altitudeMetres());
    }

    private double metresPerDegreeEast() {
        double radius = EQUATOR_METRES / flattening();
        double cosine = StrictMath.cos(Math.toRadians(origin.latitudeDegrees()));
        return Math.toRadians((radius + origin.altitudeMetres()) * cosine);
    }

    private double flattening() {
        double sine = StrictMath.sin(Math.toRadians(origin.latitudeDegrees()));
        return Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
    }
}
