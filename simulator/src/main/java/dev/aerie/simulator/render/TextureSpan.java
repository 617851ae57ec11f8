package dev.aerie.simulator.render;

import dev.aerie.simulator.world.Texture;

/// A straight line through one mipmap level, and the pixels it colours. Reused; used by one thread.
///
/// The three channels are computed at once, as lanes of one `long`: see [Texture#lanes]. Within a lane, 8 bits of
/// colour × 5 bits of weight × 8 bits of gain just fit its 21 bits.
final class TextureSpan {

    /// Of a lane before it is a colour again: weight and gain.
    static final int FRACTION_BITS = 13;

    private static final int WHOLE_WEIGHT = 32;

    /// Half a texel a pixel: from there on a pixel between two others is nearly their mean.
    private static final int MAX_STEP_OF_PAIRS = 0x8000;

    private long[] texels = {};
    private int widthShift;
    private int u;
    private int v;
    private int stepU;
    private int stepV;

    /// Begins at texel (u, v) of the finest level and goes (stepU, stepV) from pixel to pixel, at a depth in metres.
    void place(Surface surface, double newU, double newV, double newStepU, double newStepV, double depth) {
        var texture = surface.face.texture();
        int level = level(surface, newU, newV, depth, texture.smallestLevel());
        double scale = 65536.0 / (1 << level);
        texels = texture.level(level);
        widthShift = texture.widthShift() - level;
        u = (int) (long) (newU * scale) - 0x8000;
        v = (int) (long) (newV * scale) - 0x8000;
        stepU = (int) (newStepU * scale);
        stepV = (int) (newStepV * scale);
    }

    /// The mipmap level whose texels are about a pixel large: closer to the longer side of the pixel's footprint,
    /// against aliasing of distant ground.
    private static int level(Surface surface, double u, double v, double depth, int smallest) {
        double ux = (surface.u[0] - u * surface.inverseDepth[0]) * depth;
        double vx = (surface.v[0] - v * surface.inverseDepth[0]) * depth;
        double uy = (surface.u[1] - u * surface.inverseDepth[1]) * depth;
        double vy = (surface.v[1] - v * surface.inverseDepth[1]) * depth;
        double alongRow = ux * ux + vx * vx;
        double alongColumn = uy * uy + vy * vy;
        double longer = Math.max(alongRow, alongColumn);
        double eighthPower = longer * longer * longer * Math.min(alongRow, alongColumn);
        return Math.clamp((Math.getExponent(eighthPower) + 4) / 8, 0, smallest);
    }

    /// Colours the pixels from index `from` to before `to`, bilinearly.
    ///
    /// - `gain`: light in 1/256
    /// - `haze`: lanes added, in 1/8192 of a level
    void fill(int[] pixels, int from, int to, int gain, long haze) {
        if (Math.max(Math.abs(stepU), Math.abs(stepV)) > MAX_STEP_OF_PAIRS) {
            sample(pixels, from, to, 1, gain, haze);
            return;
        }
        sample(pixels, from, to, 2, gain, haze);
        for (int at = from + 1; at < to; at += 2) {
            int before = pixels[at - 1];
            pixels[at] = at + 1 < to ? mean(before, pixels[at + 1]) : before;
        }
    }

    /// Colours every pixel, or every second one.
    private void sample(int[] pixels, int from, int to, int stride, int gain, long haze) {
        long[] source = texels;
        int last = source.length - 1; // a mask, as sides are powers of two: wraps rows, and spares a check of bounds
        int shift = widthShift;
        int columns = (1 << shift) - 1;
        int perStepU = stepU * stride;
        int perStepV = stepV * stride;
        int atU = u;
        int atV = v;
        for (int at = from; at < to; at += stride) {
            int x = atU >> 16;
            int row = (atV >> 16) << shift;
            int here = row | (x & columns);
            int next = row | ((x + 1) & columns);
            int right = (atU >> 11) & (WHOLE_WEIGHT - 1);
            int low = (atV >> 11) & (WHOLE_WEIGHT - 1);
            int both = (right * low) >> 5;
            long colour = source[here & last] * (WHOLE_WEIGHT - right - low + both)
                    + source[next & last] * (right - both)
                    + source[(here + columns + 1) & last] * (low - both)
                    + source[(next + columns + 1) & last] * both;
            pixels[at] = rgb(colour * gain + haze);
            atU += perStepU;
            atV += perStepV;
        }
    }

    /// Each channel's mean, rounded down.
    private static int mean(int a, int b) {
        return (a & b) + (((a ^ b) & 0xFEFEFE) >>> 1);
    }

    /// The whole levels of three lanes, as `0xRRGGBB`.
    static int rgb(long lanes) {
        int red = (int) (lanes >>> (2 * Texture.LANE_BITS + FRACTION_BITS - 16)) & 0xFF0000;
        int green = (int) (lanes >>> (Texture.LANE_BITS + FRACTION_BITS - 8)) & 0xFF00;
        int blue = (int) (lanes >>> FRACTION_BITS) & 0xFF;
        return red | green | blue;
    }
}
