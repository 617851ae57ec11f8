package dev.aerie.simulator.world;

import java.util.SplittableRandom;

/// Paints a texture step by step, the same for the same seed: grain, spots, rectangles, strokes.
final class TexturePainter {

    private final int width;
    private final int height;
    private final int[] texels;
    private final int seed;
    private final SplittableRandom random;

    /// Sides are powers of two, in texels.
    TexturePainter(int width, int height, long seed) {
        this.width = width;
        this.height = height;
        this.texels = new int[width * height];
        this.random = new SplittableRandom(seed);
        this.seed = random.nextInt();
    }

    Texture toTexture() {
        return new Texture(width, height, texels.clone());
    }

    SplittableRandom random() {
        return random;
    }

    /// Covers everything with a colour that wavers by `amplitude` levels over `scale` texels (a power of two) and
    /// finer.
    TexturePainter grain(int rgb, int amplitude, int scale) {
        int[] noise = smoothNoise(scale);
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at++) {
                int fine = (hash(x, y) & 0xFF) - 128;
                texels[at] = brighter(rgb, (((noise[at] - 128) * 3 + fine) * amplitude) >> 9);
            }
        }
        return this;
    }

    TexturePainter fill(int left, int top, int right, int bottom, int rgb) {
        for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, right); x++) {
                int fine = (hash(x, y) & 0xF) - 8;
                texels[y * width + x] = brighter(rgb, fine);
            }
        }
        return this;
    }

    /// Makes a rectangle brighter or darker by `levels`, keeping its grain.
    TexturePainter tint(int left, int top, int right, int bottom, int levels) {
        for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, right); x++) {
                texels[y * width + x] = brighter(texels[y * width + x], levels);
            }
        }
        return this;
    }

    /// Scattered rectangles of `least` to `most` texels, each brighter or darker by up to `levels`.
    TexturePainter patches(int count, int min, int max, int levels) {
        for (int i = 0; i < count; i++) {
            int w = random.nextInt(min, max + 1);
            int h = random.nextInt(min, max + 1);
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            tint(x, y, x + w, y + h, random.nextInt(-levels, levels + 1));
        }
        return this;
    }

    /// Scattered discs of one colour.
    TexturePainter discs(int count, int min, int max, int rgb) {
        for (int i = 0; i < count; i++) {
            disc(random.nextInt(width), random.nextInt(height), random.nextInt(min, max + 1), rgb);
        }
        return this;
    }

    TexturePainter disc(int centreX, int centreY, int radius, int rgb) {
        for (int y = -radius; y <= radius; y++) {
            int half = (int) Math.sqrt(radius * radius - y * y);
            fill(centreX - half, centreY + y, centreX + half + 1, centreY + y + 1, rgb);
        }
        return this;
    }

    /// Crooked strokes, such as cracks: `length` steps of one texel each.
    TexturePainter cracks(int count, int length, int levels) {
        for (int i = 0; i < count; i++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            int driftX = random.nextInt(-1, 2);
            int driftY = random.nextInt(-1, 2);
            for (int step = 0; step < length; step++) {
                tint(x, y, x + 2, y + 2, levels);
                x += random.nextInt(-1, 2) + driftX;
                y += random.nextInt(-1, 2) + driftY;
            }
        }
        return this;
    }

    /// Lines every `step` texels, `thick` texels wide, in both directions.
    TexturePainter grid(int stepX, int stepY, int thick, int levels) {
        for (int y = 0; y < height; y += stepY) {
            tint(0, y, width, y + thick, levels);
        }
        for (int x = 0; x < width; x += stepX) {
            tint(x, 0, x + thick, height, levels);
        }
        return this;
    }

    /// Value noise that repeats with the texture, 0..255 for each texel: random at every `scale`-th, between them
    /// bilinear.
    int[] smoothNoise(int scale) {
        int shift = Integer.numberOfTrailingZeros(scale);
        int columns = width >> shift;
        int rows = height >> shift;
        int[] noise = new int[width * height];
        for (int y = 0; y < height; y++) {
            int cellY = y >> shift;
            int low = y & (scale - 1);
            for (int cellX = 0; cellX < columns; cellX++) {
                int left = between(cellX, cellY, (cellY + 1) % rows, low, scale);
                int right = between((cellX + 1) % columns, cellY, (cellY + 1) % rows, low, scale);
                int at = y * width + (cellX << shift);
                for (int x = 0; x < scale; x++) {
                    noise[at + x] = (left * (scale - x) + right * x) >> (2 * shift);
                }
            }
        }
        return noise;
    }

    private int between(int cellX, int cellAbove, int cellBelow, int low, int scale) {
        return corner(cellX, cellAbove, scale) * (scale - low) + corner(cellX, cellBelow, scale) * low;
    }

    private int corner(int cellX, int cellY, int scale) {
        return hash(cellX + scale * 7919, cellY) & 0xFF;
    }

    private int hash(int x, int y) {
        int h = seed ^ x * 0x9E3779B1 ^ y * 0x85EBCA77;
        h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
        return h ^ (h >>> 13);
    }

    static int brighter(int rgb, int levels) {
        int red = Math.clamp((rgb >> 16 & 0xFF) + levels, 0, 255);
        int green = Math.clamp((rgb >> 8 & 0xFF) + levels, 0, 255);
        int blue = Math.clamp((rgb & 0xFF) + levels, 0, 255);
        return red << 16 | green << 8 | blue;
    }
}
