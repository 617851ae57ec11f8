package dev.aerie.evaluation.slam;

import dev.aerie.evaluation.slam.FlowTracks.Track;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.opencv.OpenCv;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.Pixel;
import dev.aerie.slam.geometry.Triangulation;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Plain visual odometry with OpenCV, the peer of SLAM: corners tracked by optical flow, a five-point essential matrix
/// in RANSAC per frame, no map.
///
/// Owns native memory. Source: Nistér 2004; the scale from depths of points seen in three frames, as
/// Scaramuzza & Fraundorfer 2011, "Visual Odometry", section "2-D-to-2-D".
final class FivePointOdometry implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    private static final double CONFIDENCE = 0.999;
    private static final double OUTLIER_PIXELS = 1;
    private static final int ROUNDS = 1000;
    private static final int MIN_TRACKS = 20;
    private static final double STILL_PIXELS = 0.3;
    private static final double MIN_PARALLAX_COSINE = 0.99995;
    private static final int MIN_RATIOS = 10;

    private final CameraModel camera;
    private final FlowTracks flow = new FlowTracks();
    private double stepLength = 1;

    /// Depth of each track in the newest frame, in units of the first step.
    private Map<Integer, Double> depths = new LinkedHashMap<>();

    FivePointOdometry(CameraModel camera) {
        this.camera = camera;
    }

    /// A track as directions in the two cameras' axes (z = 1).
    private record RayTrack(int id, Vector3 before, Vector3 now) {}

    /// Takes the next frame, 8-bit grey, lent; returns how the camera moved since the one before, `nowFromBefore`, in
    /// the unit of the first step. Empty without an observable motion.
    RigidTransform next(Mat grey) {
        var tracks = flow.follow(grey);
        var rays = rays(tracks);
        var moved = isStill(tracks) ? Optional.<RigidTransform>empty() : unitMotion(rays);
        return moved.map(motion -> scaled(motion, rays)).orElse(RigidTransform.IDENTITY);
    }

    private static boolean isStill(List<Track> tracks) {
        double[] shifts = tracks.stream()
                .mapToDouble(track -> track.before().distanceTo(track.now()))
                .sorted()
                .toArray();
        return shifts.length < MIN_TRACKS || shifts[shifts.length / 2] < STILL_PIXELS;
    }

    private List<RayTrack> rays(List<Track> tracks) {
        var rays = new ArrayList<RayTrack>();
        for (var track : tracks) {
            var before = ray(track.before());
            var now = ray(track.now());
            if (before.isPresent() && now.isPresent()) {
                rays.add(new RayTrack(track.id(), before.get(), now.get()));
            }
        }
        return rays;
    }

    private Optional<Vector3> ray(Pixel pixel) {
        return camera.toIdeal(pixel.x(), pixel.y()).map(ideal -> camera.ideal().rayOf(ideal.x(), ideal.y()));
    }

    /// `nowFromBefore` with a translation of length 1; removes outlier tracks.
    private Optional<RigidTransform> unitMotion(List<RayTrack> tracks) {
        try (var before = new Mat(tracks.size(), 1, opencv_core.CV_64FC2);
                var now = new Mat(tracks.size(), 1, opencv_core.CV_64FC2);
                var identity = Mat.eye(3, 3, opencv_core.CV_64F).asMat();
                var inliers = new Mat();
                var rotation = new Mat();
                var shift = new Mat()) {
            DoubleBuffer first = before.createBuffer();
            DoubleBuffer second = now.createBuffer();
            for (var track : tracks) {
                first.put(track.before().x()).put(track.before().y());
                second.put(track.now().x()).put(track.now().y());
            }
            double outlier = OUTLIER_PIXELS / camera.ideal().focalXPixels();
            try (var essential = opencv_calib3d.findEssentialMat(
                    before, now, identity, opencv_calib3d.RANSAC, CONFIDENCE, outlier, ROUNDS, inliers)) {
                if (essential.rows() != 3) {
                    return Optional.empty();
                }
                int agreeing = opencv_calib3d.recoverPose(essential, before, now, identity, rotation, shift, inliers);
                keep(tracks, inliers.createBuffer());
                return agreeing < MIN_TRACKS ? Optional.empty() : Optional.of(motion(rotation, shift));
            }
        }
    }

    private static void keep(List<RayTrack> tracks, ByteBuffer isInlier) {
        int[] index = new int[1];
        tracks.removeIf(_ -> isInlier.get(index[0]++) == 0);
    }

    private static RigidTransform motion(Mat rotation, Mat shift) {
        DoubleBuffer r = rotation.createBuffer();
        DoubleBuffer t = shift.createBuffer();
        return new RigidTransform(
                new Rotation(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5), r.get(6), r.get(7), r.get(8)),
                new Vector3(t.get(0), t.get(1), t.get(2)));
    }

    /// Scales a step so that points keep their depth from the previous step, by the median ratio.
    private RigidTransform scaled(RigidTransform unit, List<RayTrack> tracks) {
        var later = new LinkedHashMap<Integer, Double>();
        var ratios = new ArrayList<Double>();
        var position = unit.originOfTarget();
        for (var track : tracks) {
            Triangulation.triangulate(track.before(), RigidTransform.IDENTITY, track.now(), unit)
                    .filter(p -> Triangulation.parallaxCosine(p, Vector3.ZERO, position) < MIN_PARALLAX_COSINE)
                    .ifPresent(point -> {
                        later.put(track.id(), unit.apply(point).z());
                        Optional.ofNullable(depths.get(track.id())).ifPresent(known -> ratios.add(known / point.z()));
                    });
        }
        if (ratios.size() >= MIN_RATIOS) {
            stepLength = ratios.stream().sorted().toList().get(ratios.size() / 2);
        }
        later.replaceAll((_, depth) -> depth * stepLength);
        depths = later;
        return new RigidTransform(unit.rotation(), unit.translation().times(stepLength));
    }

    @Override
    public void close() {
        flow.close();
    }
}
