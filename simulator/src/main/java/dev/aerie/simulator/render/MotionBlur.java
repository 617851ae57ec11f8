package dev.aerie.simulator.render;

import dev.aerie.simulator.image.RgbImage;
import java.util.function.DoubleConsumer;

/// Motion blur: the mean of several frames rendered at times spread evenly over the exposure.
final class MotionBlur {

    /// Odd, so that one is the middle. Points that cross the frame faster than this many pixels leave dotted
    /// traces.
    private static final int MOMENTS = 9;

    private final RgbImage image;
    private final int[] redBlue;
    private final int[] green;

    MotionBlur(RgbImage image) {
        this.image = image;
        this.redBlue = new int[image.pixels().length];
        this.green = new int[image.pixels().length];
    }

    /// Calls `draw` with moments from -0.5 to 0.5, the middle last, and leaves the mean of what it drew.
    void take(DoubleConsumer draw) {
        for (int i = 0; i < MOMENTS; i++) {
            if (i != MOMENTS / 2) {
                draw.accept((i + 0.5) / MOMENTS - 0.5);
                add();
            }
        }
        draw.accept(0);
        add();
        int[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i++) {
            int red = mean(redBlue[i] >>> 16);
            int blue = mean(redBlue[i] & 0xFFFF);
            pixels[i] = red << 16 | mean(green[i]) << 8 | blue;
        }
    }

    private void add() {
        int[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i++) {
            redBlue[i] += pixels[i] & 0xFF00FF;
            green[i] += (pixels[i] >> 8) & 0xFF;
        }
    }

    private static int mean(int sum) {
        return (sum + MOMENTS / 2) / MOMENTS;
    }
}
