package dev.aerie.ptz.tracks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.ptz.calibration.FlowVector;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// A wall of random blocks that moves to the left and down from frame to frame.
final class FrameFlowTest {

    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final int BLOCK = 12;

    @Test
    void measure_cameraTurns_vectorsAreHowTheImageMoved() {
        try (var flow = new FrameFlow()) {
            assertThat(flow.measure(frame(0, 0, 0))).isEmpty();
            List<FlowVector> vectors = flow.measure(frame(1, -7, 3)).orElseThrow();

            assertThat(vectors).hasSizeGreaterThan(50);
            assertThat(median(vectors, FlowVector::dx)).isEqualTo(-7, within(0.3));
            assertThat(median(vectors, FlowVector::dy)).isEqualTo(3, within(0.3));
            assertThat(vectors).allMatch(one -> Math.abs(one.x()) <= 320 && Math.abs(one.y()) <= 180);
        }
    }

    private static double median(List<FlowVector> vectors, ToDoubleFunction<FlowVector> value) {
        return vectors.stream().mapToDouble(value).sorted().toArray()[vectors.size() / 2];
    }

    private static HeapFrame frame(int number, int right, int down) {
        var random = new Random(5);
        int columns = SIZE.widthPixels() / BLOCK + 4;
        byte[] blocks = new byte[columns * (SIZE.heightPixels() / BLOCK + 4)];
        random.nextBytes(blocks);
        ByteBuffer bgr = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3);
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            for (int x = 0; x < SIZE.widthPixels(); x++) {
                byte grey = blocks[(y - down + BLOCK) / BLOCK * columns + (x - right + BLOCK) / BLOCK];
                bgr.put(grey).put(grey).put(grey);
            }
        }
        var stamp = new FrameStamp(
                new FrameId("gate", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", number),
                1_000_000_000L + number * 40_000_000L,
                CaptureClock.SENDER);
        return HeapFrame.of(stamp, SIZE, bgr.flip());
    }
}
