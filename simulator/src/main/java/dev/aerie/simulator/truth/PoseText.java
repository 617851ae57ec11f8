package dev.aerie.simulator.truth;

import dev.aerie.geometry.RigidTransform;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Camera poses (world from camera: X east, Y north, Z up; x right, y down, z forward) as text.
public final class PoseText {

    private PoseText() {}

    /// `seconds tx ty tz qx qy qz qw`, as the TUM RGB-D benchmark writes it.
    public static String tum(double seconds, RigidTransform worldFromCamera) {
        var t = worldFromCamera.translation();
        var q = worldFromCamera.rotation().toQuaternion();
        return String.format(
                Locale.ROOT,
                "%.9f %.9f %.9f %.9f %.12f %.12f %.12f %.12f",
                seconds,
                t.x(),
                t.y(),
                t.z(),
                q.x(),
                q.y(),
                q.z(),
                q.w());
    }

    /// The 3 × 4 matrix row by row, as KITTI odometry writes it.
    public static String kitti(RigidTransform worldFromCamera) {
        return DoubleStream.of(worldFromCamera.rows())
                .mapToObj(number -> String.format(Locale.ROOT, "%.12e", number))
                .collect(Collectors.joining(" "));
    }
}
