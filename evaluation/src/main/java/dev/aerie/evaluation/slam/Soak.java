package dev.aerie.evaluation.slam;

import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.geometry.CameraModel;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Runs an engine for any number of frames and reads its memory at intervals: whether it grows with time.
///
/// - `framesPerSecond`: rate of the simulated camera
public record Soak(CameraModel camera, Flight flight, double framesPerSecond) {

    private static final double MEGABYTE = 1 << 20;

    /// The flight; draws the camera's view at a time as 8-bit grey, row by row, of the camera's size.
    @FunctionalInterface
    public interface Flight {
        void draw(double seconds, ByteBuffer grey);
    }

    /// Memory and map size after a number of frames.
    ///
    /// - `trackedPercent`: of the frames since the previous reading
    /// - `heapMegabytes`: in use after a collection
    /// - `residentMegabytes`: of the whole process, with native memory
    public record Reading(
            int frames,
            double trackedPercent,
            int keyframes,
            int points,
            double heapMegabytes,
            double residentMegabytes,
            double millisPerFrame) {}

    /// - `engine`: fresh; lent
    /// - `frames`, `between`: total, and interval of the readings
    /// - `watch`: receives each reading
    public List<Reading> run(SlamEngine engine, int frames, int between, Consumer<Reading> watch) {
        var readings = new ArrayList<Reading>();
        try (var grey = new Mat(camera.heightPixels(), camera.widthPixels(), opencv_core.CV_8UC1)) {
            ByteBuffer pixels = grey.createBuffer();
            int tracked = 0;
            long nanos = 0;
            for (int i = 1; i <= frames; i++) {
                double seconds = (i - 1) / framesPerSecond;
                flight.draw(seconds, pixels.clear());
                long begun = System.nanoTime();
                var frame = engine.track(
                        new GreyFrame(i - 1, Math.round(seconds * SequenceRun.NANOS), grey), Optional.empty());
                nanos += System.nanoTime() - begun;
                tracked += frame.state() == TrackingState.TRACKING ? 1 : 0;
                if (i % between == 0) {
                    readings.add(read(engine, i, 100.0 * tracked / between, nanos / 1e6 / between));
                    watch.accept(readings.getLast());
                    tracked = 0;
                    nanos = 0;
                }
            }
        }
        return readings;
    }

    private static Reading read(SlamEngine engine, int frames, double trackedPercent, double millis) {
        System.gc();
        var map = engine.map();
        return new Reading(
                frames,
                trackedPercent,
                map.keyframes().size(),
                map.points().size(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE,
                Pointer.physicalBytes() / MEGABYTE,
                millis);
    }
}
