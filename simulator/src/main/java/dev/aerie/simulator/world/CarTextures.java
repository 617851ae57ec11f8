package dev.aerie.simulator.world;

import dev.aerie.simulator.world.DetailedCarShape.Skin;

/// The skins of one car's or lorry's layers. Each texture spans one side of a layer, seen from outside.
final class CarTextures {

    private static final int GLASS = 0x1E2830;
    private static final int SHINE = 0x6C8494;
    private static final int BLACK = 0x18181A;
    private static final int LAMP = 0xF4F2E4;
    private static final int TAIL = 0xC01818;
    private static final int PLATE = 0xE8E8E0;
    private static final int RIM = 0xB4B4B8;

    private final int paint;
    private final long seed;

    CarTextures(int paint, long seed) {
        this.paint = paint;
        this.seed = seed;
    }

    /// Bumpers with plates; sills and the arches of the wheels.
    Skin lowerSkin() {
        var side = painted(128, 32)
                .fill(0, 26, 128, 32, BLACK)
                .disc(26, 30, 13, BLACK)
                .disc(103, 30, 13, BLACK)
                .fill(64, 0, 65, 26, darker())
                .toTexture();
        var front = painted(64, 32)
                .fill(0, 22, 64, 32, BLACK)
                .fill(14, 2, 50, 12, BLACK)
                .fill(24, 14, 40, 21, PLATE)
                .toTexture();
        var back = painted(64, 32)
                .fill(0, 22, 64, 32, BLACK)
                .fill(24, 6, 40, 14, PLATE)
                .toTexture();
        return new Skin(side, front, back, plain());
    }

    /// Lights in front and behind; doors with handles.
    Skin upperSkin() {
        var side = painted(128, 16)
                .fill(64, 0, 65, 16, darker())
                .fill(38, 0, 39, 16, darker())
                .fill(94, 0, 95, 16, darker())
                .fill(56, 5, 61, 7, BLACK)
                .fill(86, 5, 91, 7, BLACK)
                .toTexture();
        var front = painted(64, 16)
                .fill(2, 3, 15, 12, LAMP)
                .fill(49, 3, 62, 12, LAMP)
                .fill(18, 6, 46, 15, BLACK)
                .toTexture();
        var back = painted(64, 16)
                .fill(1, 3, 13, 13, TAIL)
                .fill(51, 3, 63, 13, TAIL)
                .toTexture();
        return new Skin(side, front, back, plain());
    }

    /// Panes with pillars between them, under a painted roof.
    Skin cabinSkin() {
        var side = pane(64, 32).fill(31, 0, 35, 32, paint).toTexture();
        var screen = pane(64, 32).toTexture();
        return new Skin(side, screen, screen, plain());
    }

    /// A white box with a stripe and doors behind.
    Skin cargoSkin() {
        var side = white().fill(0, 40, 128, 46, paint).grid(16, 64, 1, -14).toTexture();
        var back = white().fill(63, 0, 65, 64, BLACK)
                .fill(4, 54, 20, 62, TAIL)
                .fill(108, 54, 124, 62, TAIL)
                .toTexture();
        var top = white().toTexture();
        return new Skin(side, top, back, top);
    }

    Skin chassisSkin() {
        var dark = new TexturePainter(32, 32, seed + 3).grain(BLACK, 12, 8).toTexture();
        return new Skin(dark, dark, dark, dark);
    }

    Texture wheel() {
        return new TexturePainter(32, 32, seed + 1)
                .grain(BLACK, 8, 8)
                .disc(16, 16, 9, RIM)
                .disc(16, 16, 3, BLACK)
                .toTexture();
    }

    private Texture plain() {
        return painted(32, 32).toTexture();
    }

    private int darker() {
        return TexturePainter.brighter(paint, -70);
    }

    private TexturePainter painted(int width, int height) {
        return new TexturePainter(width, height, seed).grain(paint, 6, 8);
    }

    private TexturePainter pane(int width, int height) {
        return new TexturePainter(width, height, seed + 2)
                .grain(GLASS, 8, 8)
                .fill(4, 4, 14, 12, SHINE)
                .fill(0, 0, width, 3, paint)
                .fill(0, 0, 3, height, paint)
                .fill(width - 3, 0, width, height, paint);
    }

    private TexturePainter white() {
        return new TexturePainter(128, 64, seed + 4).grain(0xE4E4E0, 8, 16);
    }
}
