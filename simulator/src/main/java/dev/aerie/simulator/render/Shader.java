package dev.aerie.simulator.render;

import dev.aerie.simulator.picture.RgbPicture;
import dev.aerie.simulator.world.Texture;
import dev.aerie.simulator.world.World;
import java.util.Arrays;

/// Colours each pixel once, from the surface that won it: texture, sun or shadow, haze, exposure.
///
/// Along a row the texture's coordinates are exact every [#CHUNK] pixels and straight lines between; a chunk takes its
/// texels from one level of the texture's pyramid, bilinearly.
final class Shader {

    private static final int CHUNK = 16;
    private static final double SHADOW_LIGHT = 0.58;
    private static final int RED_BLUE = 0xFF00FF;
    private static final int GREEN = 0xFF00;

    private final Visibility visibility;
    private final int[] pixels;
    private final int width;
    private double exposure = 1;

    Shader(Visibility visibility, RgbPicture picture) {
        this.visibility = visibility;
        this.pixels = picture.pixels();
        this.width = picture.widthPixels();
    }

    /// Colours the rows from `top` to `bottom`, the latter not included.
    void shade(int top, int bottom, double newExposure) {
        exposure = newExposure;
        int[] surfaces = visibility.surfaceOfPixel();
        for (int row = top; row < bottom; row++) {
            int start = row * width;
            int from = 0;
            while (from < width) {
                int surface = surfaces[start + from];
                int to = from + 1;
                while (to < width && surfaces[start + to] == surface) {
                    to++;
                }
                shadeRun(surface, row, from, to);
                from = to;
            }
        }
    }

    private void shadeRun(int number, int row, int from, int to) {
        int start = row * width;
        if (number == 0) {
            Arrays.fill(pixels, start + from, start + to, haze(exposure));
            return;
        }
        var surface = visibility.surface(number & ~Visibility.SHADOW);
        boolean isShadowed = (number & Visibility.SHADOW) != 0;
        double light = surface.face.shade() * (isShadowed ? SHADOW_LIGHT : 1);
        for (int x = from; x < to; x += CHUNK) {
            shadeChunk(surface, light, row, x, Math.min(CHUNK, to - x));
        }
    }

    private void shadeChunk(Surface surface, double light, int row, int x, int count) {
        int last = x + count - 1;
        double nearness = Surface.at(surface.inverseDepth, x, row);
        double depth = 1 / nearness;
        double lastDepth = 1 / Surface.at(surface.inverseDepth, last, row);
        double u = Surface.at(surface.u, x, row) * depth;
        double v = Surface.at(surface.v, x, row) * depth;
        int steps = Math.max(1, count - 1);
        double stepU = (Surface.at(surface.u, last, row) * lastDepth - u) / steps;
        double stepV = (Surface.at(surface.v, last, row) * lastDepth - v) / steps;
        var texture = surface.face.texture();
        int level = level(surface, u, v, depth, texture.smallestLevel());
        double fog = 1 / (1 + surface.face.hazeMetres() * nearness);
        double scale = 65536.0 / (1 << level);
        fill(
                row * width + x,
                count,
                texture,
                level,
                (int) (long) (u * scale) - 0x8000,
                (int) (long) (v * scale) - 0x8000,
                (int) (stepU * scale),
                (int) (stepV * scale),
                (int) (256 * light * exposure * (1 - fog)),
                haze(fog * exposure));
    }

    /// The pyramid's level whose texels are about a pixel large: nearer the longer side of the pixel's footprint, for
    /// calm far ground.
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

    private static int haze(double share) {
        return scaled(World.HAZE_RGB, (int) (256 * share));
    }

    /// A colour times `gain` / 256, red and blue in one multiplication.
    private static int scaled(int rgb, int gain) {
        int redBlue = ((rgb & RED_BLUE) * gain) >>> 8;
        int green = ((rgb & GREEN) * gain) >>> 8;
        return (redBlue & RED_BLUE) | (green & GREEN);
    }

    /// The colour `right` / 256 of the way from a to b and `low` / 256 of the way from there to c and d.
    private static int mixed(int a, int b, int c, int d, int right, int low) {
        int wd = (right * low) >> 8;
        int wb = right - wd;
        int wc = low - wd;
        int wa = 256 - right - wc;
        int redBlue = (a & RED_BLUE) * wa + (b & RED_BLUE) * wb + (c & RED_BLUE) * wc + (d & RED_BLUE) * wd;
        int green = (a & GREEN) * wa + (b & GREEN) * wb + (c & GREEN) * wc + (d & GREEN) * wd;
        return ((redBlue >>> 8) & RED_BLUE) | ((green >>> 8) & GREEN);
    }

    /// The inner loop: u and v in 1/65536 texels of the level, gain in 1/256.
    private void fill(
            int start,
            int count,
            Texture texture,
            int level,
            int firstU,
            int firstV,
            int stepU,
            int stepV,
            int gain,
            int haze) {
        int[] texels = texture.level(level);
        int shift = texture.widthShift() - level;
        int maskX = (1 << shift) - 1;
        int maskY = (1 << (texture.heightShift() - level)) - 1;
        int u = firstU;
        int v = firstV;
        for (int at = start; at < start + count; at++) {
            int x = (u >> 16) & maskX;
            int y = (v >> 16) & maskY;
            int nextX = (x + 1) & maskX;
            int above = y << shift;
            int below = ((y + 1) & maskY) << shift;
            int colour = mixed(
                    texels[above | x],
                    texels[above | nextX],
                    texels[below | x],
                    texels[below | nextX],
                    (u >> 8) & 0xFF,
                    (v >> 8) & 0xFF);
            pixels[at] = scaled(colour, gain) + haze;
            u += stepU;
            v += stepV;
        }
    }
}
