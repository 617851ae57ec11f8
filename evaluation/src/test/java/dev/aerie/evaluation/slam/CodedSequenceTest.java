package dev.aerie.evaluation.slam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.slam.geometry.PinholeCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodedSequenceTest {

    private static final int FRAMES = 8;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void read_inAnyOrder_givesEachFrameNearlyAsItWas() throws IOException {
        var original = SimulatedSequence.parse("sim:turns?size=161x121&frames=" + FRAMES)
                .open();
        try (var coded = CodedSequence.of(original, 600, folder)) {
            var sequence = coded.sequence();
            for (int i : List.of(0, 1, 4, 7, 2)) {
                assertThat(meanDifference(original, i, sequence, i))
                        .as("frame %d", i)
                        .isBetween(0.1, 6.0);
            }
            assertThat(meanDifference(original, 0, sequence, 7))
                    .as("of different frames")
                    .isGreaterThan(2 * meanDifference(original, 7, sequence, 7));
            assertThat(sequence.images()).hasSize(FRAMES);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void of_fewerBits_isSmaller() throws IOException {
        var original = SimulatedSequence.parse("sim:turns?size=160x120&frames=" + FRAMES)
                .open();
        try (var many = CodedSequence.of(original, 1000, folder);
                var few = CodedSequence.of(original, 100, folder)) {
            assertThat(few.bytes()).isLessThan(many.bytes() * 2 / 3);
        }
    }

    @Test
    void dropped_aQuarter_keepsTimesAndTheFirst() {
        var images = IntStream.range(0, 1000)
                .mapToObj(i -> ImageSequence.Frame.drawn(2 + i, 2, _ -> {}))
                .toList();
        var seconds = IntStream.range(0, 1000).mapToObj(i -> i / 10.0).toList();
        var camera = PinholeCamera.ofFieldOfView(640, 480, 70);
        var dropped = DroppedFrames.of(new ImageSequence(images, seconds, camera, Optional.empty()), 25, 1);

        assertThat(dropped.images().size()).isBetween(700, 800);
        assertThat(dropped.images().getFirst()).isSameAs(images.getFirst());
        for (int i = 0; i < dropped.images().size(); i++) {
            int number = (int) Math.round(10 * dropped.seconds().get(i));
            assertThat(dropped.images().get(i)).isSameAs(images.get(number));
        }
    }

    private static double meanDifference(ImageSequence first, int one, ImageSequence second, int other)
            throws IOException {
        try (var a = first.images().get(one).read();
                var b = second.images().get(other).read();
                var difference = new Mat();
                var mean = differenceOf(a, b, difference)) {
            return mean.get(0);
        }
    }

    private static Scalar differenceOf(Mat a, Mat b, Mat difference) {
        opencv_core.absdiff(a, b, difference);
        return opencv_core.mean(difference);
    }
}
