package dev.aerie.vision.detect;

import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.motion.CameraMotionEstimator;
import dev.aerie.vision.motion.FollowedPoints;
import dev.aerie.vision.motion.RigidWorld;
import dev.aerie.vision.motion.RigidWorld.Shape;
import dev.aerie.vision.picture.GreyPicture;
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
/// about a dozen pictures to learn the still world again, in which it misses things or sees them where they were.
public final class MotionDetector implements Detector {

    /// What every detection is called.
    public static final String LABEL = "moving";

    private static final int LONGEST_SIDE_PIXELS = 480;
    /// Over which points are judged: long enough that what moves has moved, short enough to be followed.
    private static final long SPAN_NANOS = 250_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final GreyPicture grey = new GreyPicture(LONGEST_SIDE_PIXELS);
    private final CameraMotionEstimator camera = new CameraMotionEstimator();
    private final MovingBackground background = new MovingBackground();
    private final MovingBlobs blobs;
    private final FollowedPoints points = new FollowedPoints();
    private final RigidWorld world = new RigidWorld();
    private final MovingPoints moving;
    private boolean isDeep;
    private @Nullable String session;
    private @Nullable PictureSize size;

    /// - `maxDetections`: how many are reported at most, the largest first chosen
    public MotionDetector(int maxDetections) {
        blobs = new MovingBlobs(maxDetections);
        moving = new MovingPoints(maxDetections);
    }

    @Override
    public Sighting detect(VideoFrame frame) {
        if (!frame.stamp().id().session().equals(session) || !frame.size().equals(size)) {
            session = frame.stamp().id().session();
            size = frame.size();
            forget();
        }
        grey.fill(frame);
        points.follow(grey.mat(), frame.stamp().captureTimeNanos());
        Optional<CameraMotion> motion = camera.estimate(points, grey.mat());
        int back = points.picturesBack(SPAN_NANOS);
        Shape shape = world.fit(points, back);
        isDeep = shape == Shape.DEEP || (shape == Shape.UNKNOWN && isDeep);
        List<Detection> found = isDeep ? inDepth(shape, back) : onPlane(motion);
        return new Sighting(found, motion.map(small -> small.ofPictureScaledBy(grey.shrink())));
    }

    private List<Detection> inDepth(Shape shape, int back) {
        background.reset();
        blobs.reset();
        return shape == Shape.DEEP
                ? moving.find(points, world, back, points.spanNanos(1) / NANOS_PER_SECOND, grey.shrink())
                : List.of();
    }

    private List<Detection> onPlane(Optional<CameraMotion> motion) {
        if (motion.isEmpty()) {
            background.reset();
            blobs.reset();
        }
        CameraMotion carried = motion.orElse(CameraMotion.NONE);
        background.learn(grey.mat(), carried);
        Optional<List<Detection>> found = blobs.find(background, grey, carried);
        if (found.isEmpty()) {
            background.reset();
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
        background.close();
        camera.close();
        world.close();
        points.close();
        grey.close();
    }

    private void forget() {
        points.reset();
        isDeep = false;
        background.reset();
        blobs.reset();
    }
}
