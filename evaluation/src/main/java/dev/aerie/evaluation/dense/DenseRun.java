package dev.aerie.evaluation.dense;

import static java.util.Objects.requireNonNull;

import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.dense.DenseBackEnd;
import dev.aerie.slam.dense.DenseInput;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.dense.SweepBackEnd;
import dev.aerie.slam.dense.slam3r.Slam3rBackEnd;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.mono.MonocularSlam;
import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// A flight of the simulator through SLAM and, keyframe by keyframe, through back ends of dense mapping, whose
/// surfaces are compared with the true ones. The poses are SLAM's, aligned to the true ones at the end.
///
/// Owns native memory until [#close]; one thread.
public final class DenseRun implements AutoCloseable {

    /// Of the networks' views.
    private static final int SIDE = 224;

    /// True points beyond need not be found, and points found farther from every keyframe are not judged.
    private static final double FAR_METRES = 80;

    /// True points beyond do not count.
    private static final double FARTHEST_METRES = 300;

    private static final int EVERY_PIXEL = 2;
    private static final double NANOS = 1e9;

    /// Of a camera, both ways, so that their middle is the origin.
    private static final List<Vector3> AXES = List.of(
            new Vector3(1, 0, 0),
            new Vector3(-1, 0, 0),
            new Vector3(0, 1, 0),
            new Vector3(0, -1, 0),
            new Vector3(0, 0, 1),
            new Vector3(0, 0, -1));

    private final SimulatedSequence flight;
    private final Scene scene;
    private final PinholeCamera camera;
    private final Renderer renderer;
    private final SlamEngine engine;
    private final Map<String, Judged> backEnds = new LinkedHashMap<>();

    /// All that keyframes truly show, and of it what is not far: whole, and in the square of their middle.
    private final ThinnedPoints truth = new ThinnedPoints();

    private final ThinnedPoints near = new ThinnedPoints();
    private final ThinnedPoints nearInSquare = new ThinnedPoints();
    private final List<Double> depths = new ArrayList<>();
    private final Map<Long, RigidTransform> truePoses = new LinkedHashMap<>();

    /// The surfaces of a back end.
    ///
    /// - `inSquare`: as `score`, but complete is what has the true points of the square in the keyframes' middle
    /// - `keyframes`: that it was given; `secondsEach`: that it took for one, in the mean
    public record Result(SurfaceScore score, SurfaceScore inSquare, int keyframes, double secondsEach) {}

    private static final class Judged {
        private final DenseBackEnd backEnd;
        private final DenseInput input;
        private int keyframes;
        private long nanos;

        Judged(DenseBackEnd backEnd, PinholeCamera camera) {
            this.backEnd = backEnd;
            this.input = new DenseInput(camera, backEnd.viewWidthPixels(camera.widthPixels(), camera.heightPixels()));
        }

        void add(long frame, Mat bgr, RigidTransform pose, List<Vector3> points) {
            var view = DenseView.of(frame, input.camera(), input.of(bgr), pose, points);
            long begun = System.nanoTime();
            view.ifPresent(backEnd::add);
            nanos += System.nanoTime() - begun;
            keyframes += view.isPresent() ? 1 : 0;
        }

        void close() {
            backEnd.close();
            input.close();
        }
    }

    /// Builds the scene, which takes a second. Lens and shutter of the flight are ideal.
    @SuppressWarnings("MustBeClosedChecker") // the field owns it, close() gives it back
    public DenseRun(SimulatedSequence flight) {
        this.flight = flight;
        this.scene = flight.scenario().scene(flight.seed());
        var intrinsics = CameraIntrinsics.of(flight.size());
        this.camera = SimulatedSequence.pinhole(intrinsics);
        this.renderer = new Renderer(intrinsics);
        this.engine = MonocularSlam.deterministic(camera);
        backEnds.put("sweep", new Judged(new SweepBackEnd(), camera));
        backEnds.put("slam3r, true points", slam3r(new TruePointNets.Flaws(0, 0, 0, _ -> false)));
        backEnds.put("slam3r, flawed points", slam3r(new TruePointNets.Flaws(0.01, 0.1, 0.02, _ -> false)));
    }

    private Judged slam3r(TruePointNets.Flaws flaws) {
        var nets = new TruePointNets(SIDE, this::trueView, flaws, 1);
        return new Judged(new Slam3rBackEnd(nets, engine::observed), camera);
    }

    private TrueView trueView(DenseView view) {
        return trueView(scene, view, view.frameNumber() / flight.fps());
    }

    /// What a view shows at a time of the scene's flight.
    static TrueView trueView(Scene scene, DenseView view, double seconds) {
        var of = view.camera();
        var renderer = new Renderer(new CameraIntrinsics(
                new FrameSize(of.widthPixels(), of.heightPixels()),
                of.focalXPixels(),
                of.focalYPixels(),
                of.centreXPixels(),
                of.centreYPixels()));
        renderer.render(scene, seconds);
        float[] depths = new float[of.widthPixels() * of.heightPixels()];
        for (int pixel = 0; pixel < depths.length; pixel++) {
            depths[pixel] = (float) renderer.visibility().depthAt(pixel);
        }
        return new TrueView(of, renderer.worldFromCamera(), depths);
    }

    /// Flies; returns the surfaces of each back end by its name. Throws [IllegalArgumentException] where SLAM found too
    /// few keyframes to judge any.
    public Map<String, Result> run() {
        int frames = flight.frames().orElse((int) Math.round(scene.seconds() * flight.fps()));
        var size = flight.size();
        try (var grey = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
                var bgr = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC3)) {
            for (long frame = 0; frame < frames; frame++) {
                renderer.render(scene, frame / flight.fps());
                renderer.frame().copyAsGrey(grey.<ByteBuffer>createBuffer());
                long nanos = Math.round(frame / flight.fps() * NANOS);
                var tracked = engine.track(new GreyFrame(frame, nanos, grey), Optional.empty());
                if (tracked.keyframe() && tracked.pose().isPresent()) {
                    renderer.frame().copyTo(bgr.<ByteBuffer>createBuffer(), 3 * size.widthPixels());
                    keyframe(frame, bgr, tracked.pose().get());
                }
            }
        }
        return judged();
    }

    private void keyframe(long frame, Mat bgr, FramePose pose) {
        var points = engine.map().points();
        learnTruth(frame);
        backEnds.values().forEach(judged -> judged.add(frame, bgr, pose.worldFromCamera(), points));
    }

    private void learnTruth(long frame) {
        truePoses.put(frame, renderer.worldFromCamera());
        int margin = (camera.widthPixels() - camera.heightPixels()) / 2;
        for (int row = 0; row < camera.heightPixels(); row += EVERY_PIXEL) {
            for (int column = 0; column < camera.widthPixels(); column += EVERY_PIXEL) {
                double depth = renderer.visibility().depthAt(row * camera.widthPixels() + column);
                if (depth < FARTHEST_METRES) {
                    var point = renderer.worldFromCamera()
                            .apply(camera.rayOf(column, row).times(depth));
                    truth.add(point);
                    if (depth < FAR_METRES) {
                        near.add(point);
                        depths.add(depth);
                        if (column >= margin && column < camera.widthPixels() - margin) {
                            nearInSquare.add(point);
                        }
                    }
                }
            }
        }
    }

    private Map<String, Result> judged() {
        var poses = engine.map().keyframes().stream()
                .filter(pose -> truePoses.containsKey(pose.frameNumber()))
                .collect(Collectors.toMap(FramePose::frameNumber, FramePose::worldFromCamera));
        if (poses.size() < 3) {
            throw new IllegalArgumentException("SLAM found " + poses.size() + " keyframes: too few for surfaces");
        }
        var trueFromMap = trueFromMap(poses);
        double[] sorted = depths.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double threshold = 0.01 * sorted[sorted.length / 2];
        var results = new LinkedHashMap<String, Result>();
        backEnds.forEach((name, judged) -> results.put(name, result(judged, poses, trueFromMap, threshold)));
        return results;
    }

    /// The rotation by how the cameras look, as places on a straight way leave a turn about it open; scale and
    /// translation by where they are.
    private Sim3 trueFromMap(Map<Long, RigidTransform> poses) {
        List<Vector3> from = new ArrayList<>();
        List<Vector3> to = new ArrayList<>();
        List<Vector3> places = new ArrayList<>();
        List<Vector3> truePlaces = new ArrayList<>();
        for (var entry : poses.entrySet()) {
            var truePose = requireNonNull(truePoses.get(entry.getKey()));
            for (var axis : AXES) {
                from.add(entry.getValue().rotation().apply(axis));
                to.add(truePose.rotation().apply(axis));
            }
            places.add(entry.getValue().translation());
            truePlaces.add(truePose.translation());
        }
        var rotation = UmeyamaAlignment.align(from, to, false).rotation();
        return UmeyamaAlignment.alignTurned(rotation, places, truePlaces)
                .orElseThrow(() -> new IllegalArgumentException("SLAM's way has no scale: too short for surfaces"));
    }

    private Result result(Judged judged, Map<Long, RigidTransform> poses, Sim3 trueFromMap, double threshold) {
        var cloud = judged.backEnd.cloud(frame -> Optional.ofNullable(poses.get(frame)));
        var found = cloud.points().stream()
                .map(trueFromMap::apply)
                .filter(point -> truePoses.values().stream()
                        .anyMatch(pose -> pose.translation().distanceTo(point) < FAR_METRES))
                .toList();
        return new Result(
                SurfaceScore.of(found, truth.points(), near.points(), threshold),
                SurfaceScore.of(found, truth.points(), nearInSquare.points(), threshold),
                judged.keyframes,
                judged.nanos / NANOS / Math.max(1, judged.keyframes));
    }

    @Override
    public void close() {
        backEnds.values().forEach(Judged::close);
        engine.close();
    }
}
