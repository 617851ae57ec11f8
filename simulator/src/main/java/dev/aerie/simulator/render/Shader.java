package dev.aerie.simulator.render;

import dev.aerie.simulator.image.RgbImage;
import dev.aerie.simulator.world.Texture;
import dev.aerie.simulator.world.World;
import java.util.Arrays;

/// Shades each pixel once, from its visible surface: texture, sun or shadow, haze, exposure.
///
/// Along a row the texture coordinates are exact every [#CHUNK] pixels and interpolated linearly in between; a chunk
/// takes its texels from one mipmap level.
final class Shader {

    private static final int CHUNK = 17; // odd: each second pixel of it lies between two others
    private static final double SHADOW_LIGHT = 0.58;
    private static final int SCALE = 1 << TextureSpan.FRACTION_BITS;
    private static final long HAZE_LANES = Texture.lanes(World.HAZE_RGB);
    private static final long ROUNDING = (Texture.lanes(0x010101) * SCALE) / 2;

    private final Visibility visibility;
    private final int[] pixels;
    private final int width;
    private final TextureSpan chunk = new TextureSpan();
    private double exposure = 1;

    Shader(Visibility visibility, RgbImage image) {
        this.visibility = visibility;
        this.pixels = image.pixels();
        this.width = image.widthPixels();
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
        if (number == 0) {
            Arrays.fill(pixels, row * width + from, row * width + to, TextureSpan.rgb(haze(exposure)));
            return;
        }
        var surface = visibility.surface(number & ~Visibility.SHADOW);
        double light = (number & Visibility.SHADOW) != 0 ? surface.light * SHADOW_LIGHT : surface.light;
        double depth = 1 / Surface.at(surface.inverseDepth, from, row);
        double u = Surface.at(surface.u, from, row) * depth;
        double v = Surface.at(surface.v, from, row) * depth;
        for (int x = from; x < to; x += CHUNK) {
            int end = Math.min(x + CHUNK, to - 1);
            double endDepth = 1 / Surface.at(surface.inverseDepth, end, row);
            double endU = Surface.at(surface.u, end, row) * endDepth;
            double endV = Surface.at(surface.v, end, row) * endDepth;
            double share = end - x == CHUNK ? 1.0 / CHUNK : 1.0 / Math.max(1, end - x);
            chunk.place(surface, u, v, (endU - u) * share, (endV - v) * share, depth);
            double fog = depth / (depth + surface.face.hazeMetres());
            int gain = (int) (256 * light * exposure * (1 - fog));
            chunk.fill(pixels, row * width + x, row * width + Math.min(x + CHUNK, to), gain, haze(fog * exposure));
            depth = endDepth;
            u = endU;
            v = endV;
        }
    }

    /// The haze's part of a colour, in lanes of 1/8192 of a level.
    private static long haze(double share) {
        return HAZE_LANES * (int) (SCALE * share) + ROUNDING;
    }
}
