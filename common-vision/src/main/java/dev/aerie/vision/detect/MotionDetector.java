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

/// Finds whatever moves in the world, from a camera that may move itself. Needs no model, knows no kinds of things.
///
/// Where one homography explains the still world, what stands out of the carried background moves; where the camera
/// flies through a world in depth, the points that break its geometry do. There it is careful rather than complete:
/// what goes the camera's own way can look like a still thing at another distance.
///
/// Starts afresh with another session or size, and after a cut or a sweep too fast to follow; it then needs
/// about a dozen frames to learn the still world again, in which it misses things or sees them where they were.
public final class MotionDetector implements Detector {

    /// What every detection is called.
    public static final String LABEL = "moving";

    private static final int LONGEST_SIDE_PIXELS = 480;
    /// Over which points are judged: long enough that what moves has moved, short enough to be followed.
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
