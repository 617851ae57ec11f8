package dev.aerie.frames.crop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.testing.ProcessedFrames;
import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;

final class CropTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final FrameSize SIZE = new FrameSize(320, 240);
    private static final Box PLACE = new Box(100, 80, 50, 40);

    @Test
    void padded_withinTheFrame_addsAFifthOfEachSide() {
        assertThat(CropCutter.padded(PLACE, SIZE)).isEqualTo(new Box(90, 72, 70, 56));
    }

    @Test
    void padded_atTheEdge_endsWhereTheFrameEnds() {
        assertThat(CropCutter.padded(new Box(-10, 200, 50, 60), SIZE)).isEqualTo(new Box(0, 188, 50, 52));
        assertThat(CropCutter.padded(new Box(400, 10, 50, 50), SIZE).areaPixels())
                .isZero();
    }

    @Test
    void accept_objectsOfAStream_keepsCropsOfRecentObjects() {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE));
        try (var crops = new ObjectCrops(_ -> {})) {
            IntStream.range(0, 30).forEach(i -> crops.accept(ProcessedFrames.of(world.frame(SESSION, i), PLACE)));
            assertThat(crops.of(1))
                    .hasSize(BestCrops.MAX)
                    .allSatisfy(crop -> assertThat(crop.size()).isEqualTo(new FrameSize(70, 56)));
            assertThat(crops.of(2)).isEmpty();
            try (var pixels = crops.of(1).getFirst().toMat()) {
                byte[] red = {0, 0, (byte) 0xe0};
                byte[] there = new byte[3];
                pixels.ptr(28, 35).get(there);
                assertThat(there).isEqualTo(red);
                pixels.ptr(3, 3).get(there);
                assertThat(there).isEqualTo(new byte[] {90, 90, 90});
            }
        }
    }

    @Test
    void take_objectPartlyOutside_givesWayToOneThatIsWhole() {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, i -> Optional.of(new Box(i < 20 ? -20 : 100, 80, 50, 40))));
        try (var crops = new ObjectCrops(_ -> {})) {
            for (int i = 0; i < 40; i++) {
                crops.accept(ProcessedFrames.of(world.frame(SESSION, i), new Box(i < 20 ? -20 : 100, 80, 50, 40)));
            }
            assertThat(crops.of(1).getFirst().stamp().id().frameNumber()).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void enhance_noisyShiftedCrops_isNearerToTheTruthThanTheBestCrop() {
        try (var truth = texture(96, 96)) {
            List<Crop> crops = IntStream.range(0, BestCrops.MAX)
                    .mapToObj(i -> noisy(truth, i, new Random(7L + i)))
                    .toList();
            try (var one = crops.getFirst().toMat();
                    var merged = Enhancer.merge(crops);
                    var wanted = truth.apply(new Rect(8, 8, 80, 80)).clone()) {
                assertThat(distance(merged, wanted)).isLessThan(0.6 * distance(one, wanted));
            }
            var jpeg = Enhancer.enhance(crops);
            try (var bytes = new Mat(new BytePointer(jpeg), false);
                    var frame = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_COLOR)) {
                assertThat(frame.cols()).isEqualTo(160);
                assertThat(frame.rows()).isEqualTo(160);
            }
        }
    }

    @Test
    void enhance_cropsOfSomethingElse_areSkipped() {
        try (var truth = texture(96, 96);
                var other = new Mat(96, 96, opencv_core.CV_8UC3, opencv_core.RGB(10, 200, 30))) {
            var alone = List.of(noisy(truth, 0, new Random(7)));
            var mixed = List.of(noisy(truth, 0, new Random(7)), noisy(other, 0, new Random(8)));
            try (var best = Enhancer.merge(alone);
                    var merged = Enhancer.merge(mixed)) {
                assertThat(distance(best, merged)).isLessThan(1);
            }
        }
    }

    /// Smooth blobs of many colours.
    private static Mat texture(int width, int height) {
        var random = new Random(3);
        try (var coarse = new Mat(height / 8, width / 8, opencv_core.CV_8UC3);
                var size = new Size(width, height)) {
            var bytes = new byte[height / 8 * (width / 8) * 3];
            random.nextBytes(bytes);
            coarse.data().put(bytes);
            var smooth = new Mat();
            opencv_imgproc.resize(coarse, smooth, size, 0, 0, opencv_imgproc.INTER_CUBIC);
            return smooth;
        }
    }

    /// The middle of `truth`, shifted by some pixels from the second crop on, under noise of 15 grey values.
    private static Crop noisy(Mat truth, int number, Random random) {
        int shift = number == 0 ? 0 : number - 2;
        try (var part = truth.apply(new Rect(8 + shift, 8 - shift, 80, 80)).clone()) {
            var bytes = new byte[80 * 80 * 3];
            part.data().get(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Math.clamp(Math.round((bytes[i] & 0xff) + 15 * random.nextGaussian()), 0, 255);
            }
            var stamp = ThingWorld.of().frame(SESSION, 10L * number).stamp();
            return new Crop(stamp, new FrameSize(80, 80), 1.0 / (number + 1), bytes);
        }
    }

    /// Mean absolute difference of grey values.
    private static double distance(Mat here, Mat there) {
        return opencv_core.norm(here, there, opencv_core.NORM_L1, null) / (80 * 80 * 3);
    }
}
