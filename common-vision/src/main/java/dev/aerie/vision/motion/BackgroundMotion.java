package dev.aerie.vision.motion;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.GreyImage;
import java.util.Optional;

/// Measures how the background moves from frame to frame, for a detector that does not: boxes are matched where the
/// camera's own motion has carried them. Owns native memory; one thread.
public final class BackgroundMotion implements AutoCloseable {

    private static final int LONGEST_SIDE_PIXELS = 320;

    private final GreyImage grey = new GreyImage(LONGEST_SIDE_PIXELS);
    private final KltTracks tracks = new KltTracks();
    private final CameraMotionEstimator estimator = new CameraMotionEstimator();

    /// The motion since the frame before, in pixels of the frame; empty where it cannot be told.
    ///
    /// - `frame`: of the size and session of the one before, or after [#reset]; lent
    public Optional<CameraMotion> measure(VideoFrame frame) {
        grey.fill(frame);
        tracks.track(grey.mat(), frame.stamp().captureTimeNanos());
        return estimator.estimate(tracks, grey.mat()).map(small -> small.ofFrameScaledBy(grey.shrink()));
    }

    /// Forgets the frame before.
    public void reset() {
        tracks.reset();
    }

    @Override
    public void close() {
        estimator.close();
        tracks.close();
        grey.close();
    }
}
