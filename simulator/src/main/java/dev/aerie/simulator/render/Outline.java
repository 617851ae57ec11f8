package dev.aerie.simulator.render;

import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import java.util.Arrays;

/// Rasterises a convex polygon row by row: the pixels whose centres lie inside.
///
/// Reused from polygon to polygon: [#clear], [#add] each corner in camera axes, [#trace], then read the rows.
final class Outline {

    private static final int MAX_CORNERS = 64;

    private CameraIntrinsics camera;
    private final double[] rowLeft;
    private final double[] rowRight;
    private final Vector3[] corners = new Vector3[MAX_CORNERS];
    private final double[] x = new double[2 * MAX_CORNERS];
    private final double[] y = new double[2 * MAX_CORNERS];
    private int cornerCount;
    private int pointCount;
    private int top;
    private int bottom;
    private int firstRow;
    private int endRow;

    Outline(CameraIntrinsics camera) {
        this.camera = camera;
        this.rowLeft = new double[camera.size().heightPixels()];
        this.rowRight = new double[camera.size().heightPixels()];
        this.endRow = camera.size().heightPixels();
        Arrays.fill(corners, Vector3.ZERO);
    }

    /// Only the rows from `first` to `end`, the latter not included, from the next polygon on.
    void useRows(int first, int end) {
        firstRow = first;
        endRow = end;
    }

    /// Another lens for the same frame size, from the next polygon on.
    void use(CameraIntrinsics other) {
        camera = other;
    }

    void clear() {
        cornerCount = 0;
    }

    void add(Vector3 inCamera) {
        corners[cornerCount++] = inCamera;
    }

    /// False if the polygon covers no pixel.
    boolean trace() {
        clipAndProject();
        if (pointCount < 3) {
            return false;
        }
        double min = y[0];
        double max = y[0];
        for (int i = 1; i < pointCount; i++) {
            min = Math.min(min, y[i]);
            max = Math.max(max, y[i]);
        }
        top = (int) Math.clamp(Math.ceil(min), firstRow, endRow);
        bottom = (int) Math.clamp(Math.ceil(max), firstRow, endRow);
        if (top >= bottom || isBeside()) {
            return false;
        }
        Arrays.fill(rowLeft, top, bottom, Double.POSITIVE_INFINITY);
        Arrays.fill(rowRight, top, bottom, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < pointCount; i++) {
            traceEdge(i, (i + 1) % pointCount);
        }
        return true;
    }

    /// First row covered.
    int top() {
        return top;
    }

    /// First row below it.
    int bottom() {
        return bottom;
    }

    /// First column covered in a row.
    int left(int row) {
        return (int) Math.clamp(Math.ceil(rowLeft[row]), 0, camera.size().widthPixels());
    }

    /// First column right of it in a row.
    int right(int row) {
        return (int) Math.clamp(Math.ceil(rowRight[row]), 0, camera.size().widthPixels());
    }

    private boolean isBeside() {
        boolean allLeft = true;
        boolean allRight = true;
        for (int i = 0; i < pointCount; i++) {
            allLeft &= x[i] <= 0;
            allRight &= x[i] > camera.size().widthPixels();
        }
        return allLeft || allRight;
    }

    /// Clips at the near plane (Sutherland and Hodgman) and projects the rest.
    private void clipAndProject() {
        pointCount = 0;
        for (int i = 0; i < cornerCount; i++) {
            var from = corners[i];
            var to = corners[(i + 1) % cornerCount];
            boolean isFromSeen = from.z() >= Renderer.NEAR_METRES;
            if (isFromSeen) {
                project(from);
            }
            if (isFromSeen != (to.z() >= Renderer.NEAR_METRES)) {
                double fraction = (Renderer.NEAR_METRES - from.z()) / (to.z() - from.z());
                project(from.plus(to.minus(from).times(fraction)));
            }
        }
    }

    private void project(Vector3 inCamera) {
        x[pointCount] = camera.projectX(inCamera);
        y[pointCount] = camera.projectY(inCamera);
        pointCount++;
    }

    /// Edges run from their upper end, so that neighbouring polygons round a common edge alike and leave no gap.
    private void traceEdge(int a, int b) {
        int upper = y[a] <= y[b] ? a : b;
        int lower = upper == a ? b : a;
        int first = Math.max(top, (int) Math.clamp(Math.ceil(y[upper]), 0, bottom));
        int last = (int) Math.clamp(Math.ceil(y[lower]), 0, bottom);
        if (first >= last) {
            return;
        }
        double slope = (x[lower] - x[upper]) / (y[lower] - y[upper]);
        for (int row = first; row < last; row++) {
            double edge = x[upper] + (row - y[upper]) * slope;
            rowLeft[row] = Math.min(rowLeft[row], edge);
            rowRight[row] = Math.max(rowRight[row], edge);
        }
    }
}
