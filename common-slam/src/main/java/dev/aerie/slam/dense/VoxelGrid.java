package dev.aerie.slam.dense;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A truncated signed distance field in cubes that are there only near surfaces, found by hashing.
///
/// Source: Curless, Levoy 1996, "A Volumetric Method for Building Complex Models from Range Images"; hashed after
/// Nießner et al. 2013.
final class VoxelGrid {

    /// Distances count up to this many cubes before and behind a surface.
    static final int BAND = 3;

    private static final int AXIS_BITS = 21;
    private static final long AXIS_MASK = (1L << AXIS_BITS) - 1;
    private static final long AXIS_ZERO = 1L << (AXIS_BITS - 1);
    private static final long FREE = -1;
    private static final float MIN_WEIGHT = 1.5F;

    private final double side;
    private final long[] keys;
    private final float[] distances;
    private final float[] weights;
    private final int[] colours;
    private int count;

    /// - `side`: of a cube, in the map's unit
    /// - `capacity`: most cubes; what lies in more is left out
    VoxelGrid(double side, int capacity) {
        this.side = side;
        int slots = Integer.highestOneBit(Math.max(1, capacity)) * 2;
        keys = new long[slots];
        Arrays.fill(keys, FREE);
        distances = new float[slots];
        weights = new float[slots];
        colours = new int[slots];
    }

    /// Adds a surface seen from `eye`: cubes along the ray learn how far they are before or behind it.
    void add(Vector3 eye, Vector3 surface, int colour) {
        var direction = surface.minus(eye).normalized();
        for (int k = -BAND; k <= BAND; k++) {
            var position = surface.plus(direction.times(k * side));
            long x = (long) Math.floor(position.x() / side);
            long y = (long) Math.floor(position.y() / side);
            long z = (long) Math.floor(position.z() / side);
            var centre = new Vector3((x + 0.5) * side, (y + 0.5) * side, (z + 0.5) * side);
            double before = surface.minus(centre).dot(direction);
            learn(key(x, y, z), (float) Math.clamp(before / (BAND * side), -1, 1), colour);
        }
    }

    private void learn(long key, float distance, int colour) {
        int slot = slotOf(key);
        if (keys[slot] == FREE) {
            if (count * 2L >= keys.length) {
                return;
            }
            keys[slot] = key;
            count++;
        }
        float weight = weights[slot];
        distances[slot] = (distances[slot] * weight + distance) / (weight + 1);
        colours[slot] = weight == 0 ? colour : colours[slot];
        weights[slot] = weight + 1;
    }

    /// Where the distance changes its sign between two cubes side by side.
    DenseCloud surface() {
        List<Vector3> points = new ArrayList<>();
        List<Integer> found = new ArrayList<>();
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != FREE && weights[slot] > MIN_WEIGHT) {
                for (int axis = 0; axis < 3; axis++) {
                    cross(slot, axis, points, found);
                }
            }
        }
        return new DenseCloud(points, found);
    }

    private void cross(int slot, int axis, List<Vector3> points, List<Integer> found) {
        long key = keys[slot];
        int next = slotOf(key + (1L << (axis * AXIS_BITS)));
        if (keys[next] == FREE || weights[next] <= MIN_WEIGHT || distances[slot] * distances[next] >= 0) {
            return;
        }
        double fraction = distances[slot] / (distances[slot] - distances[next]);
        points.add(new Vector3(
                coordinate(key, 0, axis == 0 ? fraction : 0),
                coordinate(key, 1, axis == 1 ? fraction : 0),
                coordinate(key, 2, axis == 2 ? fraction : 0)));
        found.add(colours[slot]);
    }

    private double coordinate(long key, int axis, double further) {
        long cube = (key >> (axis * AXIS_BITS) & AXIS_MASK) - AXIS_ZERO;
        return (cube + 0.5 + further) * side;
    }

    private static long key(long x, long y, long z) {
        return (x + AXIS_ZERO & AXIS_MASK)
                | (y + AXIS_ZERO & AXIS_MASK) << AXIS_BITS
                | (z + AXIS_ZERO & AXIS_MASK) << (2 * AXIS_BITS);
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
