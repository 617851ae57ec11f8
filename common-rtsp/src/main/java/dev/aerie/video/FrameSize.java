package dev.aerie.video;

/// Width and height of a frame in pixels, both at least 1.
public record FrameSize(int widthPixels, int heightPixels) {

    public FrameSize {
        if (widthPixels < 1 || heightPixels < 1) {
            throw new IllegalArgumentException(
                    "a frame is at least 1 × 1 pixels, was " + widthPixels + " × " + heightPixels);
        }
    }
}
