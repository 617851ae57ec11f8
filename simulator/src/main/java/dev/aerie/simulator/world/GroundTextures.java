package dev.aerie.simulator.world;

import java.util.List;

/// The ground's textures, 20 texels per metre: streets of 10 × 50 m, crossings of 10 × 10 m, blocks of 50 × 50 m.
final class GroundTextures {

    private static final int ASPHALT = 0x5A5C60;
    private static final int PAVEMENT = 0xA09C94;
    private static final int GRASS = 0x5E7A3C;
    private static final int WHITE_PAINT = 0xD8D8D0;
    private static final int BLOCK = 1024;

    private final long seed;

    GroundTextures(long seed) {
        this.seed = seed;
    }

    /// Lanes along v: 256 texels are 10 m across, 1024 are 50 m along.
    List<Texture> streets() {
        return List.of(street(seed + 1), street(seed + 2), street(seed + 3));
    }

    List<Texture> blocks() {
        return List.of(park(seed + 11), paved(seed + 12), parking(seed + 13), field(seed + 14), garden(seed + 15));
    }

    Texture crossing() {
        var painter = asphalt(256, 256, seed + 21);
        for (int stripe = 16; stripe < 240; stripe += 32) {
            painter.fill(stripe, 4, stripe + 16, 40, WHITE_PAINT).fill(stripe, 216, stripe + 16, 252, WHITE_PAINT);
            painter.fill(4, stripe, 40, stripe + 16, WHITE_PAINT).fill(216, stripe, 252, stripe + 16, WHITE_PAINT);
        }
        return painter.disc(128, 118, 11, 0x38383A).toTexture();
    }

    /// Everything beyond the town.
    Texture countryside() {
        return new TexturePainter(512, 512, seed + 31)
                .grain(0x6F7F45, 70, 64)
                .patches(60, 20, 120, 16)
                .discs(60, 3, 9, 0x3C5228)
                .toTexture();
    }

    Texture clouds() {
        var painter = new TexturePainter(512, 512, seed + 41);
        int[] large = painter.smoothNoise(128);
        int[] middle = painter.smoothNoise(32);
        int[] small = painter.smoothNoise(16);
        int[] texels = new int[512 * 512];
        for (int i = 0; i < texels.length; i++) {
            int cover = Math.clamp((large[i] * 4 + middle[i] * 2 + small[i] - 900) / 3, 0, 110);
            texels[i] = (96 + cover) << 16 | (146 + cover * 2 / 3) << 8 | (206 + cover / 4);
        }
        return new Texture(512, 512, texels);
    }

    private static TexturePainter asphalt(int width, int height, long seed) {
        return new TexturePainter(width, height, seed)
                .grain(ASPHALT, 34, 16)
                .patches(width * height / 4000, 4, 60, 16)
                .cracks(width * height / 16000, 70, -28);
    }

    private static Texture street(long seed) {
        var painter = asphalt(256, 1024, seed);
        for (int y = 0; y < 1024; y += 96) {
            painter.fill(125, y, 130, y + 56, WHITE_PAINT);
        }
        painter.fill(6, 0, 10, 1024, WHITE_PAINT).fill(246, 0, 250, 1024, WHITE_PAINT);
        for (int i = 0; i < 4; i++) {
            int x = painter.random().nextInt(30, 226);
            int y = painter.random().nextInt(20, 1000);
            painter.disc(x, y, 9, 0x35353A).disc(x, y, 6, 0x4A4A4E);
        }
        int arrow = painter.random().nextInt(200, 800);
        for (int row = 0; row < 26; row++) {
            painter.fill(64 - row / 2, arrow + row, 64 + row / 2, arrow + row + 1, WHITE_PAINT);
        }
        return painter.fill(61, arrow + 26, 67, arrow + 70, WHITE_PAINT).toTexture();
    }

    /// A block with its kerb and 3 m of pavement around it.
    private static TexturePainter edged(TexturePainter inside, int stones) {
        int side = 62;
        for (int[] strip : new int[][] {
            {0, 0, BLOCK, side}, {0, BLOCK - side, BLOCK, BLOCK}, {0, 0, side, BLOCK}, {BLOCK - side, 0, BLOCK, BLOCK}
        }) {
            inside.fill(strip[0], strip[1], strip[2], strip[3], PAVEMENT);
            for (int y = strip[1]; y < strip[3]; y += stones) {
                for (int x = strip[0]; x < strip[2]; x += stones) {
                    int levels = inside.random().nextInt(-22, 16);
                    inside.tint(x + 1, y + 1, Math.min(x + stones, strip[2]), Math.min(y + stones, strip[3]), levels);
                }
            }
        }
        inside.fill(0, 0, BLOCK, 5, 0xC4C0B6).fill(0, BLOCK - 5, BLOCK, BLOCK, 0xC4C0B6);
        return inside.fill(0, 0, 5, BLOCK, 0xC4C0B6).fill(BLOCK - 5, 0, BLOCK, BLOCK, 0xC4C0B6);
    }

    private static Texture park(long seed) {
        var painter = new TexturePainter(BLOCK, BLOCK, seed)
                .grain(GRASS, 90, 64)
                .discs(260, 2, 5, 0x3F5A28)
                .discs(120, 1, 3, 0xC8B848);
        painter.fill(480, 0, 540, BLOCK, 0xB5A480)
                .fill(0, 490, BLOCK, 550, 0xB5A480)
                .disc(510, 520, 120, 0xB5A480);
        return edged(painter.disc(510, 520, 60, 0x4F7FA0).disc(510, 520, 18, 0x8C8A84), 16)
                .toTexture();
    }

    private static Texture paved(long seed) {
        var painter = new TexturePainter(BLOCK, BLOCK, seed).grain(0x9C9084, 50, 32);
        for (int y = 0; y < BLOCK; y += 32) {
            for (int x = 0; x < BLOCK; x += 32) {
                painter.tint(x, y, x + 32, y + 32, painter.random().nextInt(-24, 20));
            }
        }
        return edged(painter.grid(32, 32, 2, -30).discs(30, 3, 10, 0x6A625A), 20)
                .toTexture();
    }

    private static Texture parking(long seed) {
        var painter = asphalt(BLOCK, BLOCK, seed);
        for (int x = 112; x < 920; x += 54) {
            for (int y : new int[] {110, 460, 815}) {
                painter.fill(x, y, x + 4, y + 100, WHITE_PAINT);
            }
        }
        return edged(painter.discs(40, 4, 14, 0x48484A), 16).toTexture();
    }

    private static Texture field(long seed) {
        var painter = new TexturePainter(BLOCK, BLOCK, seed).grain(0x8A7648, 60, 32);
        for (int x = 64; x < 960; x += 18) {
            painter.fill(x, 64, x + 7, 960, 0x55702F);
        }
        return edged(painter.patches(160, 6, 50, 26), 16).toTexture();
    }

    private static Texture garden(long seed) {
        var painter = new TexturePainter(BLOCK, BLOCK, seed).grain(0x66803F, 80, 32);
        for (int i = 0; i < 26; i++) {
            int x = painter.random().nextInt(70, 850);
            int y = painter.random().nextInt(70, 850);
            int rgb = painter.random().nextInt(2) == 0 ? 0x7A5A3A : 0x3E6030;
            int w = painter.random().nextInt(20, 110);
            int h = painter.random().nextInt(20, 110);
            painter.fill(x, y, x + w, y + h, rgb).tint(x + 4, y + 4, x + w - 4, y + h - 4, 18);
        }
        return edged(painter.discs(160, 2, 5, 0xB04A50).discs(100, 2, 4, 0xD8D0C0), 16)
                .toTexture();
    }
}
