package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.opencv.OpenCv;
import dev.aerie.slam.tuning.RelocalizationConfig;
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

    private PnpRansac() {}

    /// `cameraFromWorld`, or nothing if too few agree.
    static Optional<RigidTransform> solve(Frame frame, RelocalizationConfig config) {
        var matches = frame.matches();
        int count = matches.size();
        if (count < config.minRansacInliers()) {
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
                    config.ransacRounds(),
                    (float) config.maxRayError(),
                    config.ransacConfidence(),
                    inliers,
                    opencv_calib3d.SOLVEPNP_EPNP);
            return solved && inliers.rows() >= config.minRansacInliers()
                    ? Optional.of(pose(rotation, shift))
                    : Optional.empty();
        }
    }

    private static RigidTransform pose(Mat rotation, Mat shift) {
        DoubleBuffer w = rotation.createBuffer();
        DoubleBuffer t = shift.createBuffer();
        var axis = new Vector3(w.get(0), w.get(1), w.get(2));
        return new RigidTransform(Rotation.exp(axis), new Vector3(t.get(0), t.get(1), t.get(2)));
    }
}
