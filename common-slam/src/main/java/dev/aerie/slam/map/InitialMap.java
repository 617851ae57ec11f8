package dev.aerie.slam.map;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.List;

/// Two frames and the points seen in both: the start of a new submap.
public record InitialMap(
        FrameFeatures first,
        FrameFeatures second,
        PinholeCamera camera,
        RigidTransform secondFromFirst,
        double parallaxDegrees,
        List<InitialPoint> points) {
    public InitialMap {
        points = List.copyOf(points);
    }

    /// A point in the axes of the first camera, and the features that show it.
    public record InitialPoint(int firstFeature, int secondFeature, Vector3 inFirst) {}
}
