package dev.aerie.slam.trajectory;

import dev.aerie.geometry.RigidTransform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Trajectories as KITTI odometry writes them: the 3 × 4 matrix of world from camera, row by row, one line per
/// frame.
///
/// Source: Geiger et al. 2012, "Are we ready for Autonomous Driving?".
public final class KittiFile {

    private static final int NUMBERS = 12;

    private KittiFile() {}

    /// The poses, each at the number of its line, from 0, as seconds: the format has no times. Throws [IOException]
    /// that names file and line where a line is not twelve numbers.
    public static Trajectory read(Path file) throws IOException {
        var poses = poses(file);
        return at(poses, IntStream.range(0, poses.size()).asDoubleStream().toArray());
    }

    /// The poses at the times of a second file with a line of seconds for each; throws [IOException] also where
    /// the two are not as many.
    public static Trajectory read(Path file, Path times) throws IOException {
        var poses = poses(file);
        double[] seconds = readTimes(times);
        if (seconds.length != poses.size()) {
            throw new IOException(
                    times + ": expected " + poses.size() + " times as " + file + " has, had " + seconds.length);
        }
        return at(poses, seconds);
    }

    /// The seconds of each frame, from a file with one number per line.
    public static double[] readTimes(Path times) throws IOException {
        return NumberLines.read(times, 1).stream().mapToDouble(line -> line[0]).toArray();
    }

    public static void write(Trajectory trajectory, Path file) throws IOException {
        Files.writeString(file, text(trajectory), StandardCharsets.UTF_8);
    }

    /// The file's content.
    public static String text(Trajectory trajectory) {
        return trajectory.poses().stream()
                .map(pose -> line(pose.worldFromCamera()) + "\n")
                .collect(Collectors.joining());
    }

    private static List<RigidTransform> poses(Path file) throws IOException {
        List<RigidTransform> poses = new ArrayList<>();
        for (double[] m : NumberLines.read(file, NUMBERS)) {
            poses.add(RigidTransform.ofRows(m));
        }
        return poses;
    }

    private static Trajectory at(List<RigidTransform> poses, double[] seconds) {
        return new Trajectory(IntStream.range(0, seconds.length)
                .mapToObj(i -> new TimedPose(seconds[i], poses.get(i)))
                .toList());
    }

    private static String line(RigidTransform pose) {
        return DoubleStream.of(pose.rows())
                .mapToObj(number -> String.format(Locale.ROOT, "%.12e", number))
                .collect(Collectors.joining(" "));
    }
}
