package dev.aerie.slam.tracking;

import dev.aerie.opencv.OpenCv;
import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.geometry.Rotation;
import dev.aerie.slam.geometry.Vector3;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// The pose of a frame from landmarks that it may show, of which many may be wrong.
final class PnpRansac {

    static {
        OpenCv.withoutWindows();
    }

    private static final int ROUNDS = 200;
    private static final float OUTLIER = 3.0f / 700;
    private static final double CONFIDENCE = 0.99;
    private static final int MIN_POINTS = 6;

    private PnpRansac() {}

    /// `cameraFromWorld`, or nothing if too few agree.
    static Optional<RigidTransform> solve(Frame frame) {
        var matches = frame.matches();
        int count = matches.size();
        if (count < MIN_POINTS) {
            return Optional.empty();
        }
        try (var points = new Mat(count, 1, opencv_core.CV_32FC3);
                var rays = new Mat(count, 1, opencv_core.CV_32FC2);
                var identity = Mat.eye(3, 3, opencv_core.CV_64F).asMat();
                var noDistortion = new Mat();
                var rotation = new Mat();
                var shift = new Mat();
                var inliers = new Mat()) {
            FloatBuffer point = points.createBuffer();
            FloatBuffer ray = rays.createBuffer();
            for (var match : matches) {
                var p = match.landmark().position();
                point.put((float) p.x()).put((float) p.y()).put((float) p.z());
                var keypoint = frame.features().keypoint(match.feature());
                var direction = frame.camera().rayOf(keypoint.xPixels(), keypoint.yPixels());
                ray.put((float) direction.x()).put((float) direction.y());
            }
            boolean solved = opencv_calib3d.solvePnPRansac(
                    points,
                    rays,
                    identity,
                    noDistortion,
                    rotation,
                    shift,
                    false,
                    ROUNDS,
                    OUTLIER,
                    CONFIDENCE,
                    inliers,
                    opencv_calib3d.SOLVEPNP_EPNP);
            return solved && inliers.rows() >= MIN_POINTS ? Optional.of(pose(rotation, shift)) : Optional.empty();
        }
    }

    private static RigidTransform pose(Mat rotation, Mat shift) {
        DoubleBuffer w = rotation.createBuffer();
        DoubleBuffer t = shift.createBuffer();
        var axis = new Vector3(w.get(0), w.get(1), w.get(2));
        return new RigidTransform(Rotation.exp(axis), new Vector3(t.get(0), t.get(1), t.get(2)));
    }
}
