package dev.aerie.slam.mono;

import dev.aerie.simulator.geometry.CameraModel;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyPicture;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.eval.SlamScore;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.video.PictureSize;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// A flight of the simulator, drawn picture by picture into an engine, beside its truth. Owns native memory.
final class Flown implements AutoCloseable {

    /// Small, so that tests are quick; as many pixels as SLAM needs.
    private static final PictureSize SIZE = new PictureSize(480, 270);

    private static final long SEED = 7;

    private final Scene scene;
    private final double picturesPerSecond;
    private final Renderer renderer = new Renderer(CameraModel.of(SIZE));
    private final Mat grey = new Mat(SIZE.heightPixels(), SIZE.widthPixels(), opencv_core.CV_8UC1);

    Flown(Scenario scenario, double picturesPerSecond) {
        this(scenario, picturesPerSecond, 0);
    }

    /// - `shutterSeconds`: how long the shutter is open: what moves meanwhile is blurred
    Flown(Scenario scenario, double picturesPerSecond, double shutterSeconds) {
        this.scene = scenario.scene(SEED).withShutter(shutterSeconds);
        this.picturesPerSecond = picturesPerSecond;
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

    /// Draws some pictures, counted from 0, and hands them over; returns what came of each.
    List<TrackedFrame> track(SlamEngine engine, int firstPicture, int afterLast) {
        return IntStream.range(firstPicture, afterLast)
                .mapToObj(picture -> track(engine, picture))
                .toList();
    }

    private TrackedFrame track(SlamEngine engine, int picture) {
        renderer.render(scene, picture / picturesPerSecond);
        renderer.picture().copyAsGrey(grey.<ByteBuffer>createBuffer());
        var handed = new GreyPicture(picture, Math.round(picture * 1e9 / picturesPerSecond), grey);
        return engine.track(handed, Optional.empty());
    }

    /// The score of poses against the truth.
    SlamScore score(List<FramePose> poses) {
        var truth = new ArrayList<TimedPose>();
        var estimate = new ArrayList<TimedPose>();
        for (var pose : poses) {
            double seconds = pose.frameNumber() / picturesPerSecond;
            truth.add(new TimedPose(seconds, worldFromCamera(seconds)));
            estimate.add(new TimedPose(seconds, pose.worldFromCamera()));
        }
        return SlamScore.of(new Trajectory(truth), new Trajectory(estimate));
    }

    private RigidTransform worldFromCamera(double seconds) {
        return RigidTransform.ofRows(scene.trajectory().worldFromCamera(seconds).rows());
    }

    @Override
    public void close() {
        grey.close();
    }
}
