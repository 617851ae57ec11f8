package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A directional light: brightness of surfaces, and shadows on the ground (Z = 0).
final class Sun {

    private static final Vector3 TOWARDS = new Vector3(0.48, -0.36, 0.8);
    private static final double SKYLIGHT = 0.52;

    private Sun() {}

    /// Brightness of a surface by its outward normal, 0.5..1.
    static double shade(Vector3 normal) {
        double facing = Math.max(0, normal.dot(TOWARDS));
        return SKYLIGHT + 0.06 * normal.z() + (1 - SKYLIGHT - 0.06) * facing;
    }

    /// The convex outline on the ground of the shadow of some points above it, counter-clockwise from above.
    static List<Vector3> shadowOf(List<Vector3> points) {
        List<Vector3> fallen = new ArrayList<>();
        for (var point : points) {
            var along = TOWARDS.times(point.z() / TOWARDS.z());
            fallen.add(new Vector3(point.x() - along.x(), point.y() - along.y(), 0));
        }
        fallen.sort(Comparator.comparingDouble(Vector3::x).thenComparingDouble(Vector3::y));
        List<Vector3> hull = new ArrayList<>(half(fallen));
        hull.addAll(half(fallen.reversed()));
        return List.copyOf(hull);
    }

    /// One side of the hull, without its last point (Andrew's monotone chain).
    private static List<Vector3> half(List<Vector3> sorted) {
        List<Vector3> chain = new ArrayList<>();
        for (var point : sorted) {
            while (chain.size() >= 2 && turn(chain.get(chain.size() - 2), chain.getLast(), point) <= 0) {
                chain.removeLast();
            }
            chain.add(point);
        }
        chain.removeLast();
        return chain;
    }

    private static double turn(Vector3 a, Vector3 b, Vector3 c) {
        return b.minus(a).cross(c.minus(a)).z();
    }
}
