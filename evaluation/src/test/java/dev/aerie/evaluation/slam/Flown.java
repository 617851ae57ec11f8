package dev.aerie.evaluation.slam;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.inertial.InertialEngine;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// A flight of the simulator, drawn frame by frame into an engine, beside its truth. Owns native memory.
final class Flown implements AutoCloseable {

    /// Small, so that tests are quick; as many pixels as SLAM needs.
    private static final FrameSize SIZE = new FrameSize(480, 270);

    private static final long SEED = 7;

    private final Scene scene;
    private final double framesPerSecond;
    private final Renderer renderer = new Renderer(CameraIntrinsics.of(SIZE));
    private final Mat grey = new Mat(SIZE.heightPixels(), SIZE.widthPixels(), opencv_core.CV_8UC1);

    Flown(Scenario scenario, double framesPerSecond) {
        this(scenario, framesPerSecond, 0);
    }

    /// - `shutterSeconds`: exposure time, which blurs motion
    Flown(Scenario scenario, double framesPerSecond, double shutterSeconds) {
        this.scene = scenario.scene(SEED).withShutter(shutterSeconds);
        this.framesPerSecond = framesPerSecond;
    }

    PinholeCamera camera() {
        var camera = renderer.camera();
        return new PinholeCamera(
                SIZE.widthPixels(),
                SIZE.heightPixels(),
                camera.focalXPixels(),
                camera.focalYPixels(),
                camera.centreXPixels(),
                camera.centreYPixels());
    }

    /// Draws some frames, counted from 0, and hands them over; returns what came of each.
    List<TrackedFrame> track(SlamEngine engine, int firstFrame, int afterLast) {
        return IntStream.range(firstFrame, afterLast)
                .mapToObj(frame -> track(engine, frame))
                .toList();
    }

    /// As [#track], with where an inertial sensor says that the camera is.
    List<TrackedFrame> trackExpected(InertialEngine engine, int firstFrame, int afterLast, ExpectedPose expected) {
        return IntStream.range(firstFrame, afterLast)
                .mapToObj(frame -> engine.track(drawn(frame), Optional.empty(), () -> List.of(expected)))
                .toList();
    }

    private TrackedFrame track(SlamEngine engine, int frame) {
        return engine.track(drawn(frame), Optional.empty());
    }

    private GreyFrame drawn(int frame) {
        renderer.render(scene, frame / framesPerSecond);
        renderer.frame().copyAsGrey(grey.<ByteBuffer>createBuffer());
        return new GreyFrame(frame, Math.round(frame * 1e9 / framesPerSecond), grey);
    }

    /// The score of poses against the truth.
    SlamScore score(List<FramePose> poses) {
        var truth = new ArrayList<TimedPose>();
        var estimate = new ArrayList<TimedPose>();
        for (var pose : poses) {
            double seconds = pose.frameNumber() / framesPerSecond;
            truth.add(new TimedPose(seconds, worldFromCamera(seconds)));
            estimate.add(new TimedPose(seconds, pose.worldFromCamera()));
        }
        return SlamScore.of(new Trajectory(truth), new Trajectory(estimate));
    }

    private RigidTransform worldFromCamera(double seconds) {
        return scene.trajectory().worldFromCamera(seconds);
    }

    @Override
    public void close() {
        grey.close();
    }
}
