package dev.aerie.vision.mask;

import dev.aerie.video.FrameSize;
import java.util.Arrays;

/// Logits of an object's mask on a grid over a whole frame: above 0 a cell belongs to the object.
///
/// The grid has a size of its own and is stretched over the frame, cell centres to cell centres, as a
/// model that resizes every frame to a square gives it. Immutable.
public final class MaskLogits {

    private final int widthCells;
    private final int heightCells;
    private final float[] logits;

    /// - `logits`: rows from the top, `widthCells * heightCells`; owned from here on, never to be changed
    public MaskLogits(int widthCells, int heightCells, float[] logits) {
        if (widthCells < 1 || heightCells < 1 || logits.length != widthCells * heightCells) {
            throw new IllegalArgumentException("a mask of " + widthCells + " × " + heightCells
                    + " cells, both at least 1, has as many logits, not " + logits.length);
        }
        this.widthCells = widthCells;
        this.heightCells = heightCells;
        this.logits = logits;
    }

    /// A hard mask as logits: `inside` for its pixels, `-inside` for the others, one cell per pixel.
    public static MaskLogits of(BinaryMask mask, float inside) {
        int width = mask.size().widthPixels();
        int height = mask.size().heightPixels();
        var logits = new float[width * height];
        Arrays.fill(logits, -inside);
        mask.forEachRun((y, fromX, toX) -> Arrays.fill(logits, y * width + fromX, y * width + toX, inside));
        return new MaskLogits(width, height, logits);
    }

    public int widthCells() {
        return widthCells;
    }

    public int heightCells() {
        return heightCells;
    }

    public float at(int x, int y) {
        return logits[y * widthCells + x];
    }

    /// All of them, rows from the top; lent, only to be read.
    public float[] values() {
        return logits;
    }

    /// The pixels of a frame of `size` that belong to the object, the logits between cell centres drawn
    /// bilinearly.
    ///
    /// As PyTorch's `interpolate(mode="bilinear", align_corners=False)`, then `> 0`.
    public BinaryMask toFrame(FrameSize size) {
        return new LogitScaler(this, size).mask();
    }
}
