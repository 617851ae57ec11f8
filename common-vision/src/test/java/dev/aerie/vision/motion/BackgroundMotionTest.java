package dev.aerie.vision.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackgroundMotionTest {

    private static final FrameSize SIZE = new FrameSize(1280, 720);
    private static final int TILE_PIXELS = 40;

    @Test
    void measure_sceneShifts_isThatShiftInPixelsOfTheFrame() {
        try (var background = new BackgroundMotion()) {
            assertThat(background.measure(frame(0, 0))).isEmpty();

            var motion = background.measure(frame(1, 24)).orElseThrow();

            assertThat(motion.mapX(600, 300)).isCloseTo(624, within(1.0));
            assertThat(motion.mapY(600, 300)).isCloseTo(300, within(1.0));
        }
    }

    @Test
    void measure_sceneStandsStill_isNoMotion() {
        try (var background = new BackgroundMotion()) {
            background.measure(frame(0, 0));
            assertThat(background.measure(frame(1, 0))).contains(CameraMotion.NONE);
        }
    }

    @Test
    void reset_nextFrame_isTheFirstAgain() {
        try (var background = new BackgroundMotion()) {
            background.measure(frame(0, 0));
            background.reset();
            assertThat(background.measure(frame(1, 24))).isEqualTo(Optional.empty());
        }
    }

    /// Tiles of many greys, `shift` pixels further right.
    private static HeapFrame frame(int number, int shift) {
        var bgr = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3);
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            for (int x = 0; x < SIZE.widthPixels(); x++) {
                int tile = Math.floorDiv(x - shift, TILE_PIXELS) * 31 + y / TILE_PIXELS * 17;
                byte grey = (byte) Math.floorMod((tile * 2_654_435_761L) >> 7, 256);
                bgr.put(grey).put(grey).put(grey);
            }
        }
        var id = new FrameId("drone", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", number);
        return HeapFrame.of(
                new FrameStamp(id, 1_000_000_000L + number * 33_000_000L, CaptureClock.SENDER), SIZE, bgr.flip());
    }
}
