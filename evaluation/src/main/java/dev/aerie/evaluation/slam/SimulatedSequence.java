package dev.aerie.evaluation.slam;

import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.video.FrameSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A flight of the simulator for `eval slam`, drawn frame by frame on demand:
/// `sim:turns?seed=7&size=640x360&fps=15&frames=900&shutter_ms=0&rolling_shutter_ms=0&distortion=0,0`,
/// and with `&dark=15,18` the light is gone from 15 to 18 s. With an inertial sensor, `&imu_ahead_ms=30` sets its clock
/// wrong, and `&told_readout_ms=0` what its camera's calibration says of the rolling shutter.
///
/// - `frames`: number of frames; by default the whole flight
/// - `shutterSeconds`: exposure time, which blurs motion
/// - `readoutSeconds`: of a rolling shutter, from the first row to the last
/// - `toldReadoutSeconds`: what the calibration says of it
/// - `clockAheadSeconds`: of the inertial sensor
/// - `distortion`: of the lens, which the calibration knows; empty for a pinhole
/// - `darkness`: other than the flight's own
public record SimulatedSequence(
        Scenario scenario,
        long seed,
        FrameSize size,
        double fps,
        Optional<Integer> frames,
        double shutterSeconds,
        double readoutSeconds,
        double toldReadoutSeconds,
        double clockAheadSeconds,
        Optional<Distortion> distortion,
        Optional<Darkness> darkness) {

    public static final String SCHEME = "sim:";

    private static final FrameSize DEFAULT_SIZE = new FrameSize(640, 360);
    private static final List<String> KEYS = List.of(
            "seed",
            "size",
            "fps",
            "frames",
            "shutter_ms",
            "rolling_shutter_ms",
            "told_readout_ms",
            "imu_ahead_ms",
            "distortion",
            "dark");
    private static final double LARGEST = 1e6;

    /// Radial, as OpenCV counts it.
    public record Distortion(double k1, double k2) {}

    /// When the light is gone; it fades within a second before and after.
    public record Darkness(double fromSeconds, double untilSeconds) {}

    /// Throws [IllegalArgumentException] with the expected form in one line.
    public static SimulatedSequence parse(String source) {
        String[] halves = source.substring(SCHEME.length()).split("\\?", 2);
        var values = values(halves.length > 1 ? halves[1] : "");
        double readout = number(values, "rolling_shutter_ms", 0);
        return new SimulatedSequence(
                scenario(halves[0]),
                Math.round(number(values, "seed", 7)),
                Optional.ofNullable(values.get("size"))
                        .map(SimulatedSequence::frameSize)
                        .orElse(DEFAULT_SIZE),
                number(values, "fps", 15),
                Optional.ofNullable(values.get("frames")).map(_ -> (int) Math.round(number(values, "frames", 0))),
                number(values, "shutter_ms", 0) / 1000,
                readout / 1000,
                number(values, "told_readout_ms", readout) / 1000,
                number(values, "imu_ahead_ms", 0, -LARGEST) / 1000,
                Optional.ofNullable(values.get("distortion")).map(SimulatedSequence::distortion),
                Optional.ofNullable(values.get("dark")).map(SimulatedSequence::darkness));
    }

    private static Scenario scenario(String name) {
        if (!Scenario.optionNames().contains(name)) {
            throw new IllegalArgumentException(
                    "sim: no flight '" + name + "', there are: " + String.join(", ", Scenario.optionNames()));
        }
        return Scenario.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Map<String, String> values(String query) {
        var values = new TreeMap<String, String>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            if (sides.length != 2 || !KEYS.contains(sides[0])) {
                throw new IllegalArgumentException(
                        "sim: takes KEY=VALUE of " + String.join(", ", KEYS) + ", was " + pair);
            }
            values.put(sides[0], sides[1]);
        }
        return values;
    }

    private static double number(Map<String, String> values, String key, double defaults) {
        return number(values, key, defaults, 0);
    }

    private static double number(Map<String, String> values, String key, double defaults, double smallest) {
        String text = values.get(key);
        try {
            double number = text == null ? defaults : Double.parseDouble(text);
            if (number >= smallest && number <= LARGEST) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Reported below.
        }
        throw new IllegalArgumentException(
                "sim: %s is a number from %.0f to %.0f, was %s".formatted(key, smallest, LARGEST, text));
    }

    private static Distortion distortion(String text) {
        try {
            String[] numbers = text.split(",", 2);
            return new Distortion(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
            throw new IllegalArgumentException("sim: distortion is k1,k2 such as -0.28,0.07, was " + text);
        }
    }

    private static Darkness darkness(String text) {
        try {
            String[] numbers = text.split(",", 2);
            return new Darkness(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
            throw new IllegalArgumentException("sim: dark is from,until in seconds such as 15,18, was " + text);
        }
    }

    private static FrameSize frameSize(String text) {
        try {
            String[] sides = text.split("x", 2);
            return new FrameSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            throw new IllegalArgumentException("sim: size is such as 640x360, was " + text);
        }
    }

    /// The same flight over another town.
    public SimulatedSequence withSeed(long otherSeed) {
        return new SimulatedSequence(
                scenario,
                otherSeed,
                size,
                fps,
                frames,
                shutterSeconds,
                readoutSeconds,
                toldReadoutSeconds,
                clockAheadSeconds,
                distortion,
                darkness);
    }

    /// Builds the scene, which takes a second; the frames of one sequence must not be read by two threads.
    public ImageSequence open() {
        var camera = new FlightCamera(this);
        int count = frames.orElse((int) Math.round(camera.scene().seconds() * fps));
        var images = new ArrayList<ImageSequence.Frame>();
        var times = new ArrayList<Double>();
        var truth = new ArrayList<TimedPose>();
        for (int i = 0; i < count; i++) {
            double seconds = i / fps;
            images.add(camera.frame(seconds));
            times.add(seconds);
            truth.add(new TimedPose(seconds, camera.scene().trajectory().worldFromCamera(seconds)));
        }
        return new ImageSequence(images, times, camera.model(), Optional.of(new Trajectory(truth)));
    }

    /// The simulator's camera as a pinhole camera of SLAM.
    public static PinholeCamera pinhole(CameraIntrinsics camera) {
        return new PinholeCamera(
                camera.size().widthPixels(),
                camera.size().heightPixels(),
                camera.focalXPixels(),
                camera.focalYPixels(),
                camera.centreXPixels(),
                camera.centreYPixels());
    }
}
