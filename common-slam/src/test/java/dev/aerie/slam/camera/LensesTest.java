package dev.aerie.slam.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Vector3;
import dev.aerie.opencv.OpenCv;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Pixel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.TermCriteria;
import org.junit.jupiter.api.Test;

/// Both lenses against OpenCV's, both ways.
final class LensesTest {

    static {
        OpenCv.withoutWindows();
    }

    private static final PinholeCamera IDEAL = new PinholeCamera(752, 480, 458.654, 457.296, 367.215, 248.375);
    /// Of EuRoC's left camera.
    private static final RadialTangentialCamera EUROC =
            new RadialTangentialCamera(IDEAL, -0.28340811, 0.07395907, 0.00019359, 1.76187114e-05, 0);
    private static final RadialTangentialCamera PINCUSHION =
            new RadialTangentialCamera(IDEAL, 0.12, -0.03, 0.002, -0.001, 0.01);
    private static final RadialTangentialCamera STRONG = new RadialTangentialCamera(IDEAL, -0.6, 0, 0, 0, 0);
    private static final FisheyeCamera FISHEYE = new FisheyeCamera(
            new PinholeCamera(848, 800, 285.4, 286.1, 425.7, 399.2), -0.0071, 0.0454, -0.0429, 0.0083);

    @Test
    void radialTangential_projectedPoints_areOpenCvs() {
        assertProjectsAsOpenCv(EUROC, 0.9);
        assertProjectsAsOpenCv(PINCUSHION, 0.9);
    }

    @Test
    void fisheye_projectedPoints_areOpenCvs() {
        assertProjectsAsOpenCv(FISHEYE, 2.5);
    }

    @Test
    void toIdeal_everyFortiethPixel_isOpenCvsUndistortion() {
        for (CameraModel lens : List.of(EUROC, PINCUSHION, FISHEYE)) {
            List<Pixel> pixels = grid(lens);
            List<Pixel> expected = undistorted(lens, pixels);
            for (int i = 0; i < pixels.size(); i++) {
                var want = expected.get(i);
                lens.toIdeal(pixels.get(i).x(), pixels.get(i).y())
                        .ifPresent(got -> assertThat(got.distanceTo(want))
                                .as("%s pixels off %s", lens, want)
                                .isLessThan(1e-3));
            }
        }
    }

    @Test
    void rayOf_everyFortiethPixel_projectsBackToIt() {
        for (CameraModel lens : List.of(EUROC, PINCUSHION, FISHEYE)) {
            for (Pixel pixel : grid(lens)) {
                var ray = lens.rayOf(pixel.x(), pixel.y());
                assertThat(lens.project(ray).orElseThrow().distanceTo(pixel))
                        .as("%s", pixel)
                        .isLessThan(1e-6);
            }
        }
    }

    @Test
    void rayOf_pixelThatNoLensBendsTo_looksSideways() {
        assertThat(STRONG.rayOf(0, 0).z()).isZero();
        assertThat(STRONG.toIdeal(0, 0)).isEmpty();
        assertThat(STRONG.toIdeal(367, 248)).isPresent();
    }

    @Test
    void project_behindOrBeyondTheLens_isEmpty() {
        assertThat(EUROC.project(new Vector3(0.1, 0, -1))).isEmpty();
        assertThat(STRONG.project(new Vector3(4, 0, 1))).isEmpty();
        assertThat(new FisheyeCamera(IDEAL, -0.3, 0, 0, 0).project(new Vector3(1, 0, 0.1)))
                .isEmpty();
        assertThat(FISHEYE.project(new Vector3(1, 0, 0)))
                .as("a fisheye sees what is beside it")
                .isPresent();
    }

    private static List<Pixel> grid(CameraModel lens) {
        List<Pixel> pixels = new ArrayList<>();
        for (int y = 0; y < lens.heightPixels(); y += 40) {
            for (int x = 0; x < lens.widthPixels(); x += 40) {
                pixels.add(new Pixel(x, y));
            }
        }
        return pixels;
    }

    private static void assertProjectsAsOpenCv(CameraModel lens, double widestTangent) {
        var random = new SplittableRandom(3);
        List<Vector3> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double depth = random.nextDouble(0.5, 30);
            points.add(new Vector3(
                    depth * random.nextDouble(-widestTangent, widestTangent),
                    depth * random.nextDouble(-widestTangent, widestTangent) * 0.6,
                    depth));
        }
        try (var objects = new Mat(points.size(), 1, opencv_core.CV_64FC3);
                var still = Mat.zeros(3, 1, opencv_core.CV_64F).asMat();
                var matrix = matrix(lens.ideal());
                var distortion = distortion(lens);
                var image = new Mat()) {
            DoubleIndexer in = objects.createIndexer();
            for (int i = 0; i < points.size(); i++) {
                in.put(i, 0, points.get(i).x(), points.get(i).y(), points.get(i).z());
            }
            if (lens instanceof FisheyeCamera) {
                opencv_calib3d.fisheyeProjectPoints(objects, image, still, still, matrix, distortion);
            } else {
                opencv_calib3d.projectPoints(objects, still, still, matrix, distortion, image);
            }
            List<Pixel> expected = pixels(image);
            for (int i = 0; i < points.size(); i++) {
                var seen = lens.project(points.get(i)).orElseThrow();
                assertThat(seen.x()).isCloseTo(expected.get(i).x(), within(1e-6));
                assertThat(seen.y()).isCloseTo(expected.get(i).y(), within(1e-6));
            }
        }
    }

    private static List<Pixel> undistorted(CameraModel lens, List<Pixel> pixels) {
        try (var bent = new Mat(pixels.size(), 1, opencv_core.CV_64FC2);
                var straight = new Mat();
                var none = new Mat();
                var matrix = matrix(lens.ideal());
                var distortion = distortion(lens);
                var often = new TermCriteria(3, 100, 1e-10)) {
            DoubleIndexer in = bent.createIndexer();
            for (int i = 0; i < pixels.size(); i++) {
                in.put(i, 0, pixels.get(i).x(), pixels.get(i).y());
            }
            if (lens instanceof FisheyeCamera) {
                opencv_calib3d.fisheyeUndistortPoints(bent, straight, matrix, distortion, none, matrix, often);
            } else {
                opencv_calib3d.undistortPointsIter(bent, straight, matrix, distortion, none, matrix, often);
            }
            return pixels(straight);
        }
    }

    private static List<Pixel> pixels(Mat points) {
        DoubleIndexer from = points.createIndexer();
        List<Pixel> pixels = new ArrayList<>();
        for (int i = 0; i < points.rows(); i++) {
            pixels.add(new Pixel(from.get(i, 0, 0), from.get(i, 0, 1)));
        }
        return pixels;
    }

    private static Mat matrix(PinholeCamera camera) {
        return column(
                        camera.focalXPixels(),
                        0,
                        camera.centreXPixels(),
                        0,
                        camera.focalYPixels(),
                        camera.centreYPixels(),
                        0,
                        0,
                        1)
                .reshape(1, 3);
    }

    private static Mat distortion(CameraModel lens) {
        return switch (lens) {
            case RadialTangentialCamera c -> column(c.k1(), c.k2(), c.p1(), c.p2(), c.k3());
            case FisheyeCamera c -> column(c.k1(), c.k2(), c.k3(), c.k4());
            default -> throw new IllegalArgumentException("no lens");
        };
    }

    private static Mat column(double... numbers) {
        var mat = new Mat(numbers.length, 1, opencv_core.CV_64F);
        DoubleIndexer at = mat.createIndexer();
        for (int i = 0; i < numbers.length; i++) {
            at.put(i, numbers[i]);
        }
        return mat;
    }
}
