package dev.aerie.evaluation.slam;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.TrackedObject;
import dev.aerie.slam.camera.CalibrationFile;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.slam.trajectory.TumFile;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// Frames with their camera and, if known, their ground truth: of a folder or of a simulated flight.
///
/// - `frames`: in the order in which they were taken
/// - `seconds`: when each was taken, since any origin
public record ImageSequence(List<Frame> images, List<Double> seconds, CameraModel camera, Optional<Trajectory> truth) {

    /// A frame that is read, or drawn, on demand.
    @FunctionalInterface
    public interface Frame {
        /// 8-bit grey, of the camera's size; the caller closes it. Throws [IOException] for an invalid image.
        @MustBeClosed
        Mat read() throws IOException;

        /// The true objects that it shows; none where nobody knows. Valid after [#read], until another frame is read.
        default List<TrackedObject> objects() {
            return List.of();
        }

        /// One that is drawn.
        ///
        /// - `draw`: fills 8-bit grey, row by row without gaps
        @SuppressWarnings("MustBeClosedChecker") // whoever reads it closes it
        static Frame drawn(int widthPixels, int heightPixels, Consumer<ByteBuffer> draw) {
            return () -> {
                var grey = new Mat(heightPixels, widthPixels, opencv_core.CV_8UC1);
                draw.accept(grey.<ByteBuffer>createBuffer());
                return grey;
            };
        }
    }

    /// Frame rate without `times.txt`: KITTI's.
    private static final double DEFAULT_FRAMES_PER_SECOND = 10;

    private static final String FRAMES = ".*\\.(png|jpg)";

    public ImageSequence {
        images = List.copyOf(images);
        seconds = List.copyOf(seconds);
        if (images.size() != seconds.size()) {
            throw new IllegalArgumentException(images.size() + " frames, but " + seconds.size() + " times");
        }
    }

    /// Reads `frames/*.png` with `calib.txt` or `camera.yaml`, and `times.txt`, `poses.txt` (KITTI) or
    /// `groundtruth.txt` (TUM) where they are; throws [IOException] that names what is missing or cannot be
    /// read.
    public static ImageSequence open(Path folder) throws IOException {
        var files = images(folder);
        var camera = camera(folder, files.getFirst());
        double[] seconds = seconds(folder, files.size());
        var truth = truth(folder, seconds);
        return new ImageSequence(
                files.stream().map(ImageSequence::frame).toList(),
                IntStream.range(0, seconds.length).mapToObj(i -> seconds[i]).toList(),
                camera,
                truth);
    }

    private static List<Path> images(Path folder) throws IOException {
        var frames = folder.resolve("frames");
        if (!Files.isDirectory(frames)) {
            throw new IOException("no folder " + frames);
        }
        try (var files = Files.list(frames)) {
            var images = files.filter(file -> file.getFileName().toString().matches(FRAMES))
                    .sorted()
                    .toList();
            if (images.isEmpty()) {
                throw new IOException("no .png or .jpg in " + frames);
            }
            return images;
        }
    }

    private static CameraModel camera(Path folder, Path frame) throws IOException {
        FrameSize size;
        try (var grey = read(frame)) {
            size = new FrameSize(grey.cols(), grey.rows());
        }
        for (String name : List.of("camera.yaml", "calib.txt")) {
            if (Files.exists(folder.resolve(name))) {
                return CalibrationFile.read(folder.resolve(name), size).camera();
            }
        }
        throw new IOException("neither camera.yaml nor calib.txt in " + folder);
    }

    private static Frame frame(Path file) {
        return () -> read(file);
    }

    @MustBeClosed
    private static Mat read(Path frame) throws IOException {
        var grey = opencv_imgcodecs.imread(frame.toString(), opencv_imgcodecs.IMREAD_GRAYSCALE);
        if (grey.empty()) {
            grey.close();
            throw new IOException("not a frame: " + frame);
        }
        return grey;
    }

    private static double[] seconds(Path folder, int count) throws IOException {
        var times = folder.resolve("times.txt");
        double rate = rate(folder);
        double[] seconds = Files.exists(times)
                ? KittiFile.readTimes(times)
                : IntStream.range(0, count).mapToDouble(i -> i / rate).toArray();
        if (seconds.length != count) {
            throw new IOException(times + ": expected " + count + " times, had " + seconds.length);
        }
        return seconds;
    }

    private static double rate(Path folder) throws IOException {
        var camera = folder.resolve("camera.json");
        return Files.exists(camera)
                ? JsonMapper.builder()
                        .build()
                        .readTree(camera.toFile())
                        .path("fps")
                        .asDouble(DEFAULT_FRAMES_PER_SECOND)
                : DEFAULT_FRAMES_PER_SECOND;
    }

    private static Optional<Trajectory> truth(Path folder, double[] seconds) throws IOException {
        if (Files.exists(folder.resolve("poses.txt"))) {
            var poses = KittiFile.read(folder.resolve("poses.txt")).poses();
            if (poses.size() != seconds.length) {
                throw new IOException(
                        folder.resolve("poses.txt") + ": expected " + seconds.length + " poses, had " + poses.size());
            }
            return Optional.of(new Trajectory(IntStream.range(0, seconds.length)
                    .mapToObj(i -> new TimedPose(seconds[i], poses.get(i).worldFromCamera()))
                    .toList()));
        }
        var tum = folder.resolve("groundtruth.txt");
        return Files.exists(tum) ? Optional.of(TumFile.read(tum)) : Optional.empty();
    }
}
