package dev.aerie.slam.trajectory;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Trajectories as the TUM RGB-D benchmark writes them: `seconds tx ty tz qx qy qz qw`, world from camera,
/// Hamilton.
///
/// Source: Sturm et al. 2012, "A Benchmark for the Evaluation of RGB-D SLAM Systems".
public final class TumFile {

    private static final double UNIT_TOLERANCE = 0.01;
    private static final int NUMBERS = 8;

    private TumFile() {}

    /// Throws [IOException] that names file and line where a line is not eight numbers or its quaternion has not
    /// length 1.
    public static Trajectory read(Path file) throws IOException {
        List<TimedPose> poses = new ArrayList<>();
        for (double[] n : NumberLines.read(file, NUMBERS)) {
            double length = Math.sqrt(n[4] * n[4] + n[5] * n[5] + n[6] * n[6] + n[7] * n[7]);
            if (Math.abs(length - 1) > UNIT_TOLERANCE) {
                throw new IOException(file + ": at " + n[0] + " s: a quaternion has length 1, was " + length);
            }
            var rotation = Rotation.ofQuaternion(n[7], n[4], n[5], n[6]);
            poses.add(new TimedPose(n[0], new RigidTransform(rotation, new Vector3(n[1], n[2], n[3]))));
        }
        try {
            return new Trajectory(poses);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    public static void write(Trajectory trajectory, Path file) throws IOException {
        Files.writeString(file, text(trajectory), StandardCharsets.UTF_8);
    }

    /// The file's content.
    public static String text(Trajectory trajectory) {
        var text = new StringWriter();
        try {
            append(trajectory, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void append(Trajectory trajectory, Appendable out) throws IOException {
        out.append("# timestamp tx ty tz qx qy qz qw\n");
        for (var pose : trajectory.poses()) {
            var t = pose.worldFromCamera().translation();
            double[] q = quaternion(pose.worldFromCamera().rotation());
            out.append(String.format(Locale.ROOT, "%.9f %.9f %.9f %.9f ", pose.seconds(), t.x(), t.y(), t.z()));
            out.append(String.format(Locale.ROOT, "%.12f %.12f %.12f %.12f%n", q[1], q[2], q[3], q[0]));
        }
    }

    /// w, x, y, z with w ≥ 0, from axis and angle.
    private static double[] quaternion(Rotation rotation) {
        var turn = rotation.log();
        double angle = turn.length();
        double perAxis = angle < 1e-12 ? 0.5 : Math.sin(angle / 2) / angle;
        return new double[] {Math.cos(angle / 2), turn.x() * perAxis, turn.y() * perAxis, turn.z() * perAxis};
    }
}
