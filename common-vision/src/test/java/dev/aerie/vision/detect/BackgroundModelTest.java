package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.opencv.OpenCv;
import dev.aerie.vision.motion.CameraMotion;
import java.nio.ByteBuffer;
import java.util.Random;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A noisy plane before a camera that stands, with a square on it and shadows.
final class BackgroundModelTest {

    static {
        OpenCv.withoutWindows();
    }

    private static final int WIDTH = 160;
    private static final int HEIGHT = 90;
    private static final int SIDE = 24;
    private static final int SQUARE_GREY = 30;
    private static final double SHADOW = 0.6;

    private final BackgroundModel model = new BackgroundModel();
    private final byte[] plane = new byte[WIDTH * HEIGHT];

    BackgroundModelTest() {
        var random = new Random(5);
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (byte) (110 + random.nextInt(8));
        }
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void learn_thingThatStoodLeaves_whatItUncoversIsTheWorldAfterAWhile() {
        byte[] stood = withSquareAt(40);
        for (int i = 0; i < 25; i++) {
            learn(stood);
        }
        learn(plane);
        assertThat(foregroundIn(40, SIDE)).isGreaterThan(SIDE * SIDE / 2);
        for (int i = 0; i < 9; i++) {
            learn(plane);
        }
        assertThat(foregroundIn(40, SIDE)).isZero();
    }

    @Test
    void learn_muchTrafficHasPassed_theNextThingStandsOutAsWhole() {
        for (int i = 0; i < 20; i++) {
            learn(plane);
        }
        for (int i = 0; i < 30; i++) {
            learn(withSquareAt(i % 3 == 0 ? 40 : 40 + SIDE * (i % 3)));
        }
        learn(withSquareAt(40));
        assertThat(foregroundIn(40, SIDE)).isGreaterThan(SIDE * SIDE * 3 / 4);
    }

    @Test
    void learn_thingWithAShadow_onlyTheThingStandsOut() {
        for (int i = 0; i < 10; i++) {
            learn(plane);
        }
        byte[] seen = withSquareAt(40);
        darken(seen, 40 + SIDE, SIDE);
        learn(seen);
        assertThat(foregroundIn(40, SIDE)).isGreaterThan(SIDE * SIDE * 3 / 4);
        assertThat(foregroundIn(40 + SIDE, SIDE)).isLessThan(SIDE * SIDE / 8);
    }

    private byte[] withSquareAt(int left) {
        byte[] pixels = plane.clone();
        for (int y = 30; y < 30 + SIDE; y++) {
            for (int x = left; x < left + SIDE; x++) {
                pixels[y * WIDTH + x] = (byte) SQUARE_GREY;
            }
        }
        return pixels;
    }

    private static void darken(byte[] pixels, int left, int width) {
        for (int y = 30; y < 30 + SIDE; y++) {
            for (int x = left; x < left + width; x++) {
                pixels[y * WIDTH + x] = (byte) Math.round((pixels[y * WIDTH + x] & 0xff) * SHADOW);
            }
        }
    }

    private void learn(byte[] pixels) {
        try (var grey = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC1)) {
            ByteBuffer buffer = grey.createBuffer();
            buffer.put(pixels);
            model.learn(grey, CameraMotion.NONE);
        }
    }

    private int foregroundIn(int left, int width) {
        ByteBuffer foreground = model.foreground().createBuffer();
        int count = 0;
        for (int y = 30; y < 30 + SIDE; y++) {
            for (int x = left; x < left + width; x++) {
                count += foreground.get(y * WIDTH + x) != 0 ? 1 : 0;
            }
        }
        return count;
    }
}
