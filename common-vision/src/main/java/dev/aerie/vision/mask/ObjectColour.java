package dev.aerie.vision.mask;

/// A colour per object, the same wherever it is drawn, as on the dashboard: hues a golden angle apart.
///
/// Each part 0..255.
public record ObjectColour(int blue, int green, int red) {

    private static final double GOLDEN_ANGLE_DEGREES = 137.508;
    private static final double SATURATION = 0.9;
    private static final double LIGHTNESS = 0.6;
    private static final double FULL_CIRCLE_DEGREES = 360;

    public static ObjectColour of(long object) {
        double hue = object * GOLDEN_ANGLE_DEGREES % FULL_CIRCLE_DEGREES;
        return new ObjectColour(channel(hue, 4), channel(hue, 8), channel(hue, 0));
    }

    /// Whether dark text can be read on it.
    public boolean isBright() {
        return 0.299 * red + 0.587 * green + 0.114 * blue > 140;
    }

    /// HSL to RGB by the CSS formula; `offset` is 0 for red, 8 for green, 4 for blue.
    private static int channel(double hueDegrees, int offset) {
        double k = (offset + hueDegrees / 30) % 12;
        double amount = SATURATION * Math.min(LIGHTNESS, 1 - LIGHTNESS);
        return (int) Math.round(255 * (LIGHTNESS - amount * Math.clamp(Math.min(k - 3, 9 - k), -1, 1)));
    }
}
