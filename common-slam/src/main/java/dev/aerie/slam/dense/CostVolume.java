package dev.aerie.slam.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.Arrays;

/// How badly each pixel of a frame fits to another frame, for each of a stack of depths: planes parallel to the
/// frame, evenly spaced in 1 / depth, the farthest first.
///
/// Source: Collins 1996, "A Space-Sweep Approach to True Multi-Image Matching".
final class CostVolume {

    static final int PLANES = 64;
    /// Said of what the other frame does not show.
    static final int UNKNOWN = 12;

    private final int pixels;
    private final double farthestInverse;
    private final double step;
    private final short[] costs;
    private int views;

    CostVolume(DenseView view) {
        pixels = view.camera().widthPixels() * view.camera().heightPixels();
        farthestInverse = 1 / view.farthest();
        step = (1 / view.nearest() - farthestInverse) / (PLANES - 1);
        costs = new short[pixels * PLANES];
    }

    /// 1 / depth of a plane, also between two.
    double inverseDepth(double plane) {
        return farthestInverse + plane * step;
    }

    /// Of one pixel's planes the first, in [#costs].
    short[] costs() {
        return costs;
    }

    /// Adds a frame of the same size that shows the same things from elsewhere.
    void add(CensusTransform own, CensusTransform other, PinholeCamera camera, RigidTransform otherFromOwn) {
        views++;
        int width = own.width();
        var origin = projected(camera, otherFromOwn.translation());
        for (int row = 0; row < own.height(); row++) {
            for (int column = 0; column < width; column++) {
                var direction = projected(camera, otherFromOwn.rotation().apply(camera.rayOf(column, row)));
                addPixel(row * width + column, own.at(row * width + column), other, direction, origin);
            }
        }
    }

    /// A point's place in the other frame is (direction + origin / depth), divided by its last coordinate.
    private void addPixel(int pixel, int code, CensusTransform other, Vector3 direction, Vector3 origin) {
        int at = pixel * PLANES;
        for (int plane = 0; plane < PLANES; plane++) {
            double inverse = inverseDepth(plane);
            double z = direction.z() + origin.z() * inverse;
            double x = (direction.x() + origin.x() * inverse) / z;
            double y = (direction.y() + origin.y() * inverse) / z;
            costs[at + plane] += (short) (z > 0 ? cost(code, other, x, y) : UNKNOWN);
        }
    }

    private static int cost(int code, CensusTransform other, double x, double y) {
        int column = (int) Math.floor(x + 0.5);
        int row = (int) Math.floor(y + 0.5);
        boolean isInside = column >= 2 && row >= 2 && column < other.width() - 2 && row < other.height() - 2;
        return isInside ? Integer.bitCount(code ^ other.at(row * other.width() + column)) : UNKNOWN;
    }

    /// Brings the sum over frames to one frame's.
    void average() {
        for (int i = 0; i < costs.length; i++) {
            costs[i] = (short) Math.floorDiv(costs[i], Math.max(1, views));
        }
    }

    /// Whether every plane is as good: nothing was seen of this pixel.
    boolean isBlind(int pixel) {
        int at = pixel * PLANES;
        return Arrays.stream(new int[] {0, PLANES / 2, PLANES - 1}).allMatch(plane -> costs[at + plane] == UNKNOWN);
    }

    private static Vector3 projected(PinholeCamera camera, Vector3 v) {
        return new Vector3(
                camera.focalXPixels() * v.x() + camera.centreXPixels() * v.z(),
                camera.focalYPixels() * v.y() + camera.centreYPixels() * v.z(),
                v.z());
    }
}
