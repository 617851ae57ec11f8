package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.vision.motion.CameraMotion;

/// Where a track's box is and how it moves.
public interface BoxMotion {

    /// Predicts by a number of frames.
    void predict(long frames);

    /// Corrects the prediction by a detection's box.
    void correct(Box seen);

    /// Applies the camera's motion.
    void applyCameraMotion(CameraMotion motion);

    /// Stops growing or shrinking: an object that is not detected keeps its size.
    void keepSize();

    /// As predicted or corrected last.
    Box box();
}
