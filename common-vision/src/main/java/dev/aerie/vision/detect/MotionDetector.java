package dev.aerie.vision.detect;

import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.motion.CameraMotionEstimator;
import dev.aerie.vision.picture.GreyPicture;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds whatever moves in the world, from a camera that may move itself. Needs no model, knows no kinds of things.
///
/// Starts afresh with another session or size, and after a cut or a sweep too fast to follow; it then needs
/// about a dozen pictures to learn the still world again, in which it misses things or sees them where they were.
public final class MotionDetector implements Detector {

    /// What every detection is called.
    public static final String LABEL = "moving";

    private static final int LONGEST_SIDE_PIXELS = 480;

    private final GreyPicture grey = new GreyPicture(LONGEST_SIDE_PIXELS);
    private final CameraMotionEstimator camera = new CameraMotionEstimator();
    private final MovingBackground background = new MovingBackground();
    private final MovingBlobs blobs;
    private @Nullable String session;
    private @Nullable PictureSize size;

    /// - `maxDetections`: how many are reported at most, the largest first chosen
    public MotionDetector(int maxDetections) {
        blobs = new MovingBlobs(maxDetections);
    }

    @Override
    public Sighting detect(VideoFrame frame) {
        if (!frame.stamp().id().session().equals(session) || !frame.size().equals(size)) {
            session = frame.stamp().id().session();
            size = frame.size();
            forget();
        }
        grey.fill(frame);
        Optional<CameraMotion> motion = camera.estimate(grey.mat());
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
        return new Sighting(found.orElse(List.of()), motion.map(small -> small.ofPictureScaledBy(grey.shrink())));
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
        grey.close();
    }

    private void forget() {
        camera.reset();
        background.reset();
        blobs.reset();
    }
}
