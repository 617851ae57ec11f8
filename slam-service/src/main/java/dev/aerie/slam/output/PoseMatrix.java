package dev.aerie.slam.output;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.messages.Transform;
import java.util.Arrays;

/// A rigid motion as its 4 × 4 matrix.
public final class PoseMatrix {

    private PoseMatrix() {}

    /// 16 numbers, row by row.
    public static double[] rowMajor(RigidTransform transform) {
        var r = transform.rotation();
        var t = transform.translation();
        return new double[] {
            r.m00(), r.m01(), r.m02(), t.x(), r.m10(), r.m11(), r.m12(), t.y(), r.m20(), r.m21(), r.m22(), t.z(), 0, 0,
            0, 1
        };
    }

    /// As messages carry it.
    public static Transform message(RigidTransform transform) {
        return new Transform(
                Arrays.stream(rowMajor(transform.orthonormal())).boxed().toList());
    }
}
