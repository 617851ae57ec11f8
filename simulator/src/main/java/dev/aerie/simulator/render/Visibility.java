package dev.aerie.simulator.render;

import dev.aerie.video.FrameSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The visible surface of each pixel of the last frame: the ground truth of masks and depth.
///
/// Lent by [Renderer] until it renders again.
public final class Visibility {

    /// Set in a pixel's surface number where a shadow falls on it.
    static final int SHADOW = 1 << 30;

    private final FrameSize size;
    private final int[] surfaceOfPixel;
    private final float[] inverseDepth;
    private final List<Surface> surfaces = new ArrayList<>();
    private int groundEnd;
    private int skyStart;

    Visibility(FrameSize size) {
        this.size = size;
        this.surfaceOfPixel = new int[size.widthPixels() * size.heightPixels()];
        this.inverseDepth = new float[surfaceOfPixel.length];
    }

    public FrameSize size() {
        return size;
    }

    /// The object that a pixel shows, 0 for the fixed world and the sky.
    public int objectIdAt(int pixel) {
        int surface = surfaceOfPixel[pixel] & ~SHADOW;
        return surface == 0 ? 0 : surfaces.get(surface - 1).face.objectId();
    }

    /// Calls `run` with each stretch of a row that shows one object, rows from the top; the fixed world is skipped.
    public void forEachObjectRun(ObjectRun run) {
        int width = size.widthPixels();
        for (int start = 0; start < surfaceOfPixel.length; start += width) {
            int end = start + width;
            int from = start;
            while (from < end) {
                int surface = surfaceOfPixel[from];
                int to = from + 1;
                while (to < end && surfaceOfPixel[to] == surface) {
                    to++;
                }
                int object = objectIdAt(from);
                if (object != 0) {
                    run.at(object, start / width, from - start, to - start);
                }
                from = to;
            }
        }
    }

    /// Pixels `from` to `to`, the latter not included, of a row.
    @FunctionalInterface
    public interface ObjectRun {
        void at(int object, int row, int from, int to);
    }

    /// Metres along the optical axis, to the centre of the pixel; infinite for the sky.
    public double depthAt(int pixel) {
        int surface = surfaceOfPixel[pixel] & ~SHADOW;
        if (surface == 0 || surface > skyStart) {
            return Double.POSITIVE_INFINITY;
        }
        int width = size.widthPixels();
        int row = pixel / width;
        return 1 / Surface.at(surfaces.get(surface - 1).inverseDepth, pixel - row * width, row);
    }

    void clear() {
        Arrays.fill(surfaceOfPixel, 0);
        Arrays.fill(inverseDepth, 0);
        surfaces.clear();
        groundEnd = 0;
        skyStart = Integer.MAX_VALUE;
    }

    /// Surfaces added until now are ground.
    void endGround() {
        groundEnd = surfaces.size();
    }

    /// Surfaces added from now on are sky.
    void startSky() {
        skyStart = surfaces.size();
    }

    int add(Surface surface) {
        surfaces.add(surface);
        return surfaces.size();
    }

    Surface surface(int number) {
        return surfaces.get(number - 1);
    }

    int[] surfaceOfPixel() {
        return surfaceOfPixel;
    }

    /// Assigns a surface to the pixels of an outline where it is the nearest.
    void draw(int number, Outline outline) {
        double[] plane = surface(number).inverseDepth;
        for (int row = outline.top(); row < outline.bottom(); row++) {
            int from = outline.left(row);
            int to = outline.right(row);
            if (from < to) {
                int start = row * size.widthPixels();
                drawRow(start + from, start + to, Surface.at(plane, from, row), plane[0], number);
            }
        }
    }

    /// Assigns a surface that lies behind all earlier ones to the unassigned pixels of an outline.
    void drawBehind(int number, Outline outline) {
        for (int row = outline.top(); row < outline.bottom(); row++) {
            int start = row * size.widthPixels();
            int to = start + outline.right(row);
            for (int at = start + outline.left(row); at < to; at++) {
                if (surfaceOfPixel[at] == 0) {
                    surfaceOfPixel[at] = number;
                }
            }
        }
    }

    private void drawRow(int from, int to, double first, double step, int number) {
        for (int at = from; at < to; at++) {
            float nearness = (float) (first + (at - from) * step);
            if (nearness > inverseDepth[at]) {
                inverseDepth[at] = nearness;
                surfaceOfPixel[at] = number;
            }
        }
    }

    /// Marks the visible ground inside an outline as shadowed.
    void shade(Outline outline) {
        for (int row = outline.top(); row < outline.bottom(); row++) {
            int start = row * size.widthPixels();
            int to = start + outline.right(row);
            for (int at = start + outline.left(row); at < to; at++) {
                int surface = surfaceOfPixel[at];
                if (surface > 0 && surface <= groundEnd) {
                    surfaceOfPixel[at] = surface | SHADOW;
                }
            }
        }
    }
}
