package dev.aerie.video;

/// Width and height of a picture in pixels, both at least 1.
public record PictureSize(int widthPixels, int heightPixels) {

    public PictureSize {
        if (widthPixels < 1 || heightPixels < 1) {
            throw new IllegalArgumentException(
                    "a picture is at least 1 × 1 pixels, was " + widthPixels + " × " + heightPixels);
        }
    }
}
