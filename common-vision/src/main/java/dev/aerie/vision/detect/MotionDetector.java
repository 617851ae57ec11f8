package dev.aerie.vision.detect;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.GreyImage;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.motion.CameraMotionEstimator;
import dev.aerie.vision.motion.EpipolarMotionModel;
import dev.aerie.vision.motion.EpipolarMotionModel.SceneStructure;
import dev.aerie.vision.motion.KltTracks;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Detects moving objects, also from a moving camera, without a model and without classes.
///
/// Where one homography explains the static scene, the foreground of a warped background model moves; with parallax,
/// the points that violate the epipolar geometry do. There precision is preferred to recall: an object that moves
/// parallel to the camera can look like a static object at another distance.
///
/// Resets with another session or size, and after a cut or a very fast pan; it then needs about a dozen frames to
/// relearn the background, in which it misses objects or reports them at old positions.
public final class MotionDetector implements Detector {

    /// Label of every detection.
    public static final String LABEL = "moving";

    private static final int LONGEST_SIDE_PIXELS = 480;
    /// Time over which points are compared: long enough for visible motion, short enough to be tracked.
    private static final long SPAN_NANOS = 250_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final GreyImage grey = new GreyImage(LONGEST_SIDE_PIXELS);
    private final CameraMotionEstimator camera = new CameraMotionEstimator();
    private final BackgroundModel backgroundModel = new BackgroundModel();
    private final ForegroundBlobs blobs;
    private final KltTracks tracks = new KltTracks();
    private final EpipolarMotionModel motionModel = new EpipolarMotionModel();
    private final MovingPointClusters clusters;
    private boolean hasParallax;
    private @Nullable String session;
    private @Nullable FrameSize size;

    /// - `maxDetections`: how many are reported at most, the largest first chosen
    public MotionDetector(int maxDetections) {
        blobs = new ForegroundBlobs(maxDetections);
        clusters = new MovingPointClusters(maxDetections);
    }

    @Override
    public DetectionResult detect(VideoFrame frame) {
        if (!frame.stamp().id().session().equals(session) || !frame.size().equals(size)) {
            session = frame.stamp().id().session();
            size = frame.size();
            forget();
        }
        grey.fill(frame);
        tracks.track(grey.mat(), frame.stamp().captureTimeNanos());
        Optional<CameraMotion> motion = camera.estimate(tracks, grey.mat());
        int back = tracks.framesBack(SPAN_NANOS);
        SceneStructure sceneStructure = motionModel.fit(tracks, back);
        hasParallax =
                sceneStructure == SceneStructure.PARALLAX || (sceneStructure == SceneStructure.UNKNOWN && hasParallax);
        List<Detection> found = hasParallax ? detectByParallax(sceneStructure, back) : detectByBackground(motion);
        return new DetectionResult(found, motion.map(small -> small.ofFrameScaledBy(grey.shrink())));
    }

    private List<Detection> detectByParallax(SceneStructure sceneStructure, int back) {
        backgroundModel.reset();
        blobs.reset();
        return sceneStructure == SceneStructure.PARALLAX
                ? clusters.find(tracks, motionModel, back, tracks.spanNanos(1) / NANOS_PER_SECOND, grey.shrink())
                : List.of();
    }

    private List<Detection> detectByBackground(Optional<CameraMotion> motion) {
        if (motion.isEmpty()) {
            backgroundModel.reset();
            blobs.reset();
        }
        CameraMotion cameraMotion = motion.orElse(CameraMotion.NONE);
        backgroundModel.learn(grey.mat(), cameraMotion);
        Optional<List<Detection>> found = blobs.find(backgroundModel, grey, cameraMotion);
        if (found.isEmpty()) {
            backgroundModel.reset();
        }
        return found.orElse(List.of());
    }

    @Override
    public String name() {
        return "motion";
    }

    @Override
    public void close() {
        blobs.close();
        backgroundModel.close();
        camera.close();
        motionModel.close();
        tracks.close();
        grey.close();
    }

    private void forget() {
        tracks.reset();
        hasParallax = false;
        backgroundModel.reset();
        blobs.reset();
    }
}
