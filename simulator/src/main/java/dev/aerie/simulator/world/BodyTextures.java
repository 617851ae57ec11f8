package dev.aerie.simulator.world;

import java.util.SplittableRandom;

/// Walls, roofs, leaves, clothes and car bodies.
final class BodyTextures {

    private static final int[] WALLS = {0xB8A890, 0x9C5A48, 0xC8C0B0, 0x88909C, 0xB08858, 0x7A8474, 0xD0B890, 0x6E6A70};

    private BodyTextures() {}

    /// A front of `columns` × `floors` windows, with doors and shop windows at street level.
    static Texture facade(SplittableRandom random, int columns, int floors) {
        int wall = WALLS[random.nextInt(WALLS.length)];
        var painter = new TexturePainter(256, 256, random.nextLong()).grain(wall, 50, 16);
        if (random.nextBoolean()) {
            painter.grid(256, 6, 1, -16);
        }
        painter.patches(30, 4, 30, 14);
        int cellWidth = 256 / columns;
        int cellHeight = 256 / floors;
        for (int floor = 0; floor < floors; floor++) {
            for (int column = 0; column < columns; column++) {
                window(painter, column * cellWidth, floor * cellHeight, cellWidth, cellHeight, floor == floors - 1);
            }
        }
        return painter.fill(0, 0, 256, 5, TexturePainter.brighter(wall, -40)).toTexture();
    }

    private static void window(TexturePainter painter, int x, int y, int width, int height, boolean street) {
        var random = painter.random();
        int marginX = street ? width / 10 : width / 4;
        int top = y + (street ? height / 5 : height / 4);
        int bottom = y + (street ? height : height * 3 / 4);
        int glass = new int[] {0x2A3642, 0x3C5062, 0x202830, 0x8A7C50, 0x51626E}[random.nextInt(5)];
        painter.fill(x + marginX - 3, top - 3, x + width - marginX + 3, bottom + 3, 0xD8D4CA);
        painter.fill(x + marginX, top, x + width - marginX, bottom, glass);
        int middle = x + width / 2;
        painter.fill(middle - 1, top, middle + 1, bottom, 0xD0CCC4);
        int blind = random.nextInt(0, (bottom - top) / 2 + 1);
        painter.fill(x + marginX, top, x + width - marginX, top + blind, 0xB8B0A0);
        painter.fill(x + marginX, bottom - 2, middle, bottom, 0x6C6C70);
    }

    static Texture roof(SplittableRandom random) {
        int colour = random.nextBoolean() ? 0x7A4A3C : 0x6C6C70;
        return new TexturePainter(128, 128, random.nextLong())
                .grain(colour, 50, 16)
                .grid(128, 8, 1, -30)
                .patches(14, 6, 24, 30)
                .toTexture();
    }

    static Texture leaves(SplittableRandom random) {
        int green = new int[] {0x46682C, 0x3A5C30, 0x6A7830, 0x8A6A2C}[random.nextInt(4)];
        return new TexturePainter(64, 64, random.nextLong())
                .grain(green, 150, 8)
                .discs(60, 1, 3, TexturePainter.brighter(green, -34))
                .discs(50, 1, 2, TexturePainter.brighter(green, 40))
                .toTexture();
    }

    static Texture bark(SplittableRandom random) {
        return new TexturePainter(32, 64, random.nextLong())
                .grain(0x5A4630, 80, 4)
                .toTexture();
    }

    /// Cloth of one colour, striped or spotted so that people can be distinguished.
    static Texture cloth(SplittableRandom random) {
        int colour = (random.nextInt(0x1000000) & 0xDFDFDF) | 0x202020;
        var painter = new TexturePainter(64, 64, random.nextLong()).grain(colour, 40, 8);
        int pattern = random.nextInt(3);
        if (pattern == 0) {
            painter.grid(64, 16, 6, 50);
        } else if (pattern == 1) {
            painter.discs(14, 3, 6, random.nextInt(0x1000000));
        }
        return painter.toTexture();
    }

    /// One colour, all but even.
    static Texture plain(int colour, long seed) {
        return new TexturePainter(32, 32, seed).grain(colour, 14, 8).toTexture();
    }

    static Texture skin(SplittableRandom random) {
        int skin = new int[] {0xD8A888, 0x8C5C40, 0xB88060, 0xE0B898}[random.nextInt(4)];
        var painter = new TexturePainter(32, 32, random.nextLong()).grain(skin, 16, 8);
        int hair = new int[] {0x2A2018, 0x5A4028, 0xA08850, 0x303030}[random.nextInt(4)];
        return painter.fill(0, 0, 32, 11, hair)
                .fill(8, 15, 12, 18, 0x202020)
                .fill(20, 15, 24, 18, 0x202020)
                .toTexture();
    }

    static Texture paint(int colour, long seed) {
        return new TexturePainter(128, 64, seed)
                .grain(colour, 14, 16)
                .fill(0, 26, 128, 28, TexturePainter.brighter(colour, -60))
                .fill(42, 4, 44, 60, TexturePainter.brighter(colour, -60))
                .fill(84, 4, 86, 60, TexturePainter.brighter(colour, -60))
                .fill(2, 14, 12, 24, 0xE8E0B0)
                .fill(116, 14, 126, 24, 0xC03028)
                .fill(0, 50, 128, 64, 0x303032)
                .toTexture();
    }

    static Texture glass(long seed) {
        return new TexturePainter(64, 32, seed)
                .grain(0x30404C, 30, 8)
                .fill(30, 0, 34, 32, 0x202022)
                .fill(6, 4, 16, 12, 0x7890A0)
                .toTexture();
    }

    static Texture rubber(long seed) {
        return new TexturePainter(32, 32, seed)
                .grain(0x202022, 20, 8)
                .disc(16, 16, 8, 0xA0A0A4)
                .toTexture();
    }
}
