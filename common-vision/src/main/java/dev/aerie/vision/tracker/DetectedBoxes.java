package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.vision.mot.BoxMotion;
import dev.aerie.vision.mot.KalmanBox;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The boxes of an object in the frames in which a detector ran, and what they predict for those after. Used by one
/// thread.
final class DetectedBoxes {

    private final int maxFrames;
    private @Nullable BoxMotion motion;
    private @Nullable FrameTime detectedAt;
    private @Nullable FrameTime predictedAt;

    /// - `maxFrames`: after the last detection, for which it predicts; a later detection starts anew; 0 for never
    DetectedBoxes(int maxFrames) {
        this.maxFrames = maxFrames;
    }

    /// Takes the box of a frame, which is not older than those before.
    void add(Box detected, FrameTime now) {
        if (maxFrames == 0) {
            return;
        }
        if (motion == null || predicted(now).isEmpty()) {
            motion = new KalmanBox(detected);
        } else {
            motion.correct(detected);
        }
        detectedAt = now;
        predictedAt = now;
    }

    /// The box in this frame, not older than those before; empty where the last detection is too long ago.
    Optional<Box> predicted(FrameTime now) {
        if (motion == null || detectedAt == null || predictedAt == null || now.framesSince(detectedAt) > maxFrames) {
            return Optional.empty();
        }
        long frames = now.framesSince(predictedAt);
        if (frames > 0) {
            motion.predict(frames);
            predictedAt = now;
        }
        return Optional.of(motion.box());
    }
}
