package dev.aerie.evaluation.dense;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds how far the nearest of many points is, up to a limit, by cubes of half a metre.
final class NearestPoints {

    private static final double SIDE_METRES = 0.5;

    private final Map<Cube, List<Vector3>> cubes = new HashMap<>();
    private final double limitMetres;

    private record Cube(long x, long y, long z) {}

    NearestPoints(List<Vector3> points, double limitMetres) {
        this.limitMetres = limitMetres;
        points.forEach(point ->
                cubes.computeIfAbsent(cube(point), _ -> new ArrayList<>()).add(point));
    }

    private static Cube cube(Vector3 point) {
        return new Cube((long) Math.floor(point.x() / SIDE_METRES), (long) Math.floor(point.y() / SIDE_METRES), (long)
                Math.floor(point.z() / SIDE_METRES));
    }

    /// Metres to the nearest point, at most the limit.
    double distance(Vector3 from) {
        double best = limitMetres;
        var middle = cube(from);
        for (int ring = 0; (ring - 1) * SIDE_METRES < best; ring++) {
            for (long x = -ring; x <= ring; x++) {
                for (long y = -ring; y <= ring; y++) {
                    boolean isFace = Math.abs(x) == ring || Math.abs(y) == ring;
                    for (long z = -ring; z <= ring; z += isFace || ring == 0 ? 1 : 2L * ring) {
                        var cube = new Cube(middle.x + x, middle.y + y, middle.z + z);
                        for (var point : cubes.getOrDefault(cube, List.of())) {
                            best = Math.min(best, point.distanceTo(from));
                        }
                    }
                }
            }
        }
        return best;
    }
}
