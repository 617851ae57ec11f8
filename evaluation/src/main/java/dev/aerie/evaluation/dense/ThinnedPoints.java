package dev.aerie.evaluation.dense;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Points of which each cube of 5 cm holds one: the first that came.
final class ThinnedPoints {

    private static final double SIDE_METRES = 0.05;

    private final Set<Cube> taken = new HashSet<>();
    private final List<Vector3> points = new ArrayList<>();

    private record Cube(int x, int y, int z) {}

    void add(Vector3 point) {
        var cube = new Cube((int) Math.floor(point.x() / SIDE_METRES), (int) Math.floor(point.y() / SIDE_METRES), (int)
                Math.floor(point.z() / SIDE_METRES));
        if (taken.add(cube)) {
            points.add(point);
        }
    }

    List<Vector3> points() {
        return points;
    }
}
