package dev.aerie.slam.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.Rotation;
import dev.aerie.slam.engine.RowTurns;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Pixel;
import dev.aerie.slam.movable.MovableMaskFixture;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;

/// Frames of rectangles strewn at random.
final class OrbExtractorTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(WIDTH, HEIGHT, 70);
    private static final int SHIFT_X = 23;
    private static final int SHIFT_Y = 11;

    @Test
    void extract_findsAsManyAsWanted_allOverTheFrame() {
        try (var extractor = new OrbExtractor(CAMERA, 1000);
                var frame = rectangles()) {
            var features = extractor.extract(frame);

            assertThat(features.count()).isBetween(800, 1010);
            int[] quarters = new int[4];
            for (int i = 0; i < features.count(); i++) {
                var keypoint = features.keypoint(i);
                quarters[(keypoint.xPixels() < WIDTH / 2.0 ? 0 : 1) + (keypoint.yPixels() < HEIGHT / 2.0 ? 0 : 2)]++;
            }
            assertThat(Arrays.stream(quarters).boxed()).allMatch(count -> count > 150);
        }
    }

    @Test
    void extract_halfMasked_findsAllInTheOtherHalf() {
        try (var extractor = new OrbExtractor(CAMERA, 1000);
                var frame = rectangles()) {
            var features = extractor.extract(frame, Optional.of(MovableMaskFixture.leftHalf(WIDTH, HEIGHT)));

            assertThat(features.count()).isGreaterThan(600);
            assertThat(IntStream.range(0, features.count())
                            .mapToDouble(i -> features.keypoint(i).xPixels())
                            .min()
                            .orElseThrow())
                    .isGreaterThan(WIDTH / 2.0 - 2);
            assertThat(extractor.maskedCorners()).isPositive();
        }
    }

    @Test
    void extract_rowsTakenWhileTurning_movesEachCornerBackByItsRow() {
        double radians = 0.01;
        var rowTurns = new RowTurns(List.of(Rotation.aboutY(-radians), Rotation.IDENTITY, Rotation.aboutY(radians)));
        try (var extractor = new OrbExtractor(CAMERA, 1000);
                var frame = rectangles()) {
            var asTaken = extractor.extract(frame);
            var atOnce = extractor.extract(frame, Optional.empty(), rowTurns);

            assertThat(atOnce.count()).isEqualTo(asTaken.count());
            for (int i = 0; i < asTaken.count(); i++) {
                var taken = asTaken.keypoint(i);
                double fraction = (taken.yPixels() + 0.5) / HEIGHT;
                var turn = Rotation.aboutY((2 * fraction - 1) * radians);
                var expected = CAMERA.project(turn.apply(CAMERA.rayOf(taken.xPixels(), taken.yPixels())))
                        .orElseThrow();
                var moved = new Pixel(
                        atOnce.keypoint(i).xPixels(), atOnce.keypoint(i).yPixels());
                assertThat(moved.distanceTo(expected)).isLessThan(0.02);
            }
        }
    }

    @Test
    void extract_ofAMovedFrame_findsTheSameCorners() {
        try (var extractor = new OrbExtractor(CAMERA, 1000);
                var frame = rectangles();
                var moved = new Mat();
                var shift = Mat.eye(2, 3, opencv_core.CV_64F).asMat()) {
            shift.<DoubleBuffer>createBuffer().put(2, SHIFT_X).put(5, SHIFT_Y);
            opencv_imgproc.warpAffine(frame, moved, shift, frame.size());

            assertThat(fractionFoundAgain(extractor.extract(frame), extractor.extract(moved)))
                    .isGreaterThan(0.6);
        }
    }

    /// With corners at whole pixels the median would be 0.59.
    @Test
    void extract_ofAFrameMovedByFractionsOfAPixel_placesCornersBetweenPixels() {
        double shiftX = SHIFT_X + 0.4;
        double shiftY = SHIFT_Y + 0.6;
        try (var extractor = new OrbExtractor(CAMERA, 1000);
                var frame = rectangles();
                var moved = new Mat();
                var blur = new Size(5, 5);
                var shift = Mat.eye(2, 3, opencv_core.CV_64F).asMat()) {
            opencv_imgproc.GaussianBlur(frame, frame, blur, 1);
            shift.<DoubleBuffer>createBuffer().put(2, shiftX).put(5, shiftY);
            opencv_imgproc.warpAffine(frame, moved, shift, frame.size());
            double[] errors = errors(extractor.extract(frame), extractor.extract(moved), shiftX, shiftY);

            assertThat(errors).hasSizeGreaterThan(400);
            assertThat(errors[errors.length / 2])
                    .as("median error, pixels of the level")
                    .isLessThan(0.35);
        }
    }

    /// Of features found again within 2 pixels of their level; in rising order.
    private static double[] errors(Features before, Features after, double shiftX, double shiftY) {
        return IntStream.range(0, before.count())
                .mapToDouble(i -> {
                    var from = before.keypoint(i);
                    var to = after.keypoint(nearest(before.descriptor(i), after));
                    return Math.hypot(to.xPixels() - from.xPixels() - shiftX, to.yPixels() - from.yPixels() - shiftY)
                            / ScaleLevels.scale(from.octave());
                })
                .filter(error -> error < 2)
                .sorted()
                .toArray();
    }

    /// What memory held before must not show: levels of the pyramid lie in larger storage.
    @Test
    void extract_byExtractorsInUsedMemory_isTheSame() {
        try (var frame = rectangles()) {
            var features = extractInMemoryOf(0, frame);
            var again = extractInMemoryOf(255, frame);

            assertThat(again.count()).isEqualTo(features.count());
            for (int i = 0; i < features.count(); i++) {
                assertThat(again.keypoint(i)).isEqualTo(features.keypoint(i));
                assertThat(again.descriptor(i).distanceTo(features.descriptor(i)))
                        .as("bits, of the feature at %s", features.keypoint(i))
                        .isZero();
            }
        }
    }

    private static Features extractInMemoryOf(int brightness, Mat frame) {
        for (int level = 0; level < 2 * ScaleLevels.COUNT; level++) {
            int height = (int) Math.round(HEIGHT / ScaleLevels.scale(level % ScaleLevels.COUNT));
            new Mat(height, WIDTH, opencv_core.CV_8UC1, Scalar.all(brightness)).close();
        }
        try (var extractor = new OrbExtractor(CAMERA, 1000)) {
            return extractor.extract(frame);
        }
    }

    @Test
    void extract_ofABlackFrame_findsNothing() {
        try (var extractor = new OrbExtractor(CAMERA, 1000);
                var black = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC1, Scalar.all(0))) {
            assertThat(extractor.extract(black).count()).isZero();
        }
    }

    /// Of the first frame's features that stay in the frame: those whose nearest look is where they moved
    /// to.
    private static double fractionFoundAgain(Features before, Features after) {
        int expected = 0;
        int found = 0;
        for (int i = 0; i < before.count(); i++) {
            var from = before.keypoint(i);
            if (from.xPixels() < WIDTH - 2 * SHIFT_X - 60 && from.yPixels() < HEIGHT - 2 * SHIFT_Y - 60) {
                expected++;
                var to = after.keypoint(nearest(before.descriptor(i), after));
                double off =
                        Math.hypot(to.xPixels() - from.xPixels() - SHIFT_X, to.yPixels() - from.yPixels() - SHIFT_Y);
                found += off < 4 ? 1 : 0;
            }
        }
        return (double) found / expected;
    }

    private static int nearest(Descriptor wanted, Features among) {
        int best = 0;
        for (int i = 1; i < among.count(); i++) {
            if (wanted.distanceTo(among.descriptor(i)) < wanted.distanceTo(among.descriptor(best))) {
                best = i;
            }
        }
        return best;
    }

    private static Mat rectangles() {
        var random = new SplittableRandom(9);
        var frame = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC1, Scalar.all(128));
        for (int i = 0; i < 700; i++) {
            try (var position = new Rect(
                            random.nextInt(WIDTH),
                            random.nextInt(HEIGHT),
                            random.nextInt(8, 60),
                            random.nextInt(8, 60));
                    var grey = Scalar.all(random.nextInt(256))) {
                opencv_imgproc.rectangle(frame, position, grey, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
            }
        }
        return frame;
    }
}
