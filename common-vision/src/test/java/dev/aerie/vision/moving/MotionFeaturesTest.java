package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;

/// The features in Java beside those with which the network was trained, on frames drawn by the same arithmetic:
/// `deploy/models/motion/export.py golden` wrote the file.
final class MotionFeaturesTest {

    private static final int[][] CELLS_AND_WEIGHTS = {{23, 3}, {11, 2}, {5, 1}};

    /// One number of the file: a feature in steps.
    private record Expected(int channel, int row, int column, int steps) {}

    @Test
    void calculate_drawnFrames_areThoseOfTraining() throws IOException {
        var expected = expected();
        try (var now = drawn(3);
                var oneAgo = drawn(2);
                var threeAgo = drawn(0);
                var features = new MotionFeatures();
                var input = Tensor.allocate(ElementType.FLOAT32, MotionNetwork.INPUT_SHAPE)) {
            features.calculate(now, oneAgo, threeAgo, input.floats());
            var values = input.floats();
            int equal = 0;
            for (var one : expected) {
                int at = one.channel() * CellGrid.CELLS + one.row() * CellGrid.WIDTH + one.column();
                long steps = Math.round(values.get(at) * FlowSteps.PER_UNIT);
                assertThat(steps).as("%s", one).isBetween(one.steps() - 1L, one.steps() + 1L);
                equal += steps == one.steps() ? 1 : 0;
            }
            assertThat(expected).hasSizeGreaterThan(200);
            assertThat((double) equal / expected.size()).isGreaterThan(0.98);
        }
    }

    private static List<Expected> expected() throws IOException {
        var found = new ArrayList<Expected>();
        try (var in = MotionFeaturesTest.class.getResourceAsStream("features.txt");
                var reader =
                        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            for (String line :
                    reader.lines().filter(text -> !text.startsWith("#")).toList()) {
                var numbers = List.of(line.split(" ", -1)).stream()
                        .mapToInt(Integer::parseInt)
                        .toArray();
                found.add(new Expected(numbers[0], numbers[1], numbers[2], numbers[3]));
            }
        }
        return found;
    }

    /// As `drawn` in `export.py`: a pattern that slides, and one that goes its own way.
    private static Mat drawn(int moment) {
        var grey = new Mat(CellGrid.FLOW_HEIGHT, CellGrid.FLOW_WIDTH, opencv_core.CV_8UC1);
        ByteBuffer pixels = grey.createBuffer();
        for (int y = 0; y < CellGrid.FLOW_HEIGHT; y++) {
            for (int x = 0; x < CellGrid.FLOW_WIDTH; x++) {
                boolean isOwn = x >= 150 + 4 * moment && x < 230 + 4 * moment && y >= 80 && y < 150;
                pixels.put((byte)
                        (isOwn
                                ? pattern(x + 1000 - 4L * moment, y + 1000, 9)
                                : pattern(x + 500 + 2L * moment, y + 500, 4)));
            }
        }
        try (var square = new Size(3, 3);
                var centre = new Point(-1, -1)) {
            opencv_imgproc.blur(grey, grey, square, centre, opencv_core.BORDER_REPLICATE);
        }
        return grey;
    }

    private static long pattern(long x, long y, long seed) {
        long value = 0;
        for (int[] each : CELLS_AND_WEIGHTS) {
            long cell = Math.floorDiv(x, each[0]) * 7919 + Math.floorDiv(y, each[0]) * 104729 + seed * 31;
            value += each[1] * (Math.floorMod(cell * 2654435761L, 4294967296L) >> 24);
        }
        return Math.floorDiv(value, 6);
    }
}
