package dev.aerie.video;

/// Width and height of a frame in pixels, both at least 1.
public record FrameSize(int widthPixels, int heightPixels) {

    /// Pixels that a frame of coded video may have, before cropping: 4096 × 4096. Decoders keep up to 16 such frames,
    /// so this bounds the memory of everybody who decodes a stream.
    public static final long MAX_CODED_PIXELS = 1L << 24;

    /// Pixels that a side of it may have.
    public static final int MAX_CODED_SIDE = 8192;

    public FrameSize {
        if (widthPixels < 1 || heightPixels < 1) {
            throw new IllegalArgumentException(
                    "a frame is at least 1 × 1 pixels, was " + widthPixels + " × " + heightPixels);
        }
    }

    /// Whether video with coded frames of this size is taken; sizes in pixels, each at least 1.
    public static boolean mayBeCoded(long width, long height) {
        return width <= MAX_CODED_SIDE && height <= MAX_CODED_SIDE && width * height <= MAX_CODED_PIXELS;
    }
}
