package dev.aerie.ptz.aim;

import dev.aerie.messages.Box;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import java.util.List;

/// The tracks of one frame, and where the camera pointed when it was taken.
///
/// - `captureTimeNanos`: Unix time of the frame
/// - `camera`: measured or estimated for that moment, so that the camera's own motion is no motion of the tracks
public record AimFrame(
        long captureTimeNanos,
        int widthPixels,
        int heightPixels,
        List<AimTrack> tracks,
        PtzPosition camera,
        Lens lens) {

    public AimFrame {
        tracks = List.copyOf(tracks);
        if (widthPixels <= 0 || heightPixels <= 0) {
            throw new IllegalArgumentException("a frame has pixels, was " + widthPixels + " x " + heightPixels);
        }
    }

    ImagePoint point(double xPixels, double yPixels) {
        return new ImagePoint(2 * xPixels / widthPixels - 1, 1 - 2 * yPixels / heightPixels);
    }

    ImagePoint centreOf(Box box) {
        return point(box.leftPixels() + box.widthPixels() / 2, box.topPixels() + box.heightPixels() / 2);
    }

    /// The middle of the box's lower edge: where a person stands.
    ImagePoint footOf(Box box) {
        return point(box.leftPixels() + box.widthPixels() / 2, box.bottomPixels());
    }

    Direction directionOf(ImagePoint point) {
        return lens.directionOf(point, camera);
    }

    /// Its share of the frame's height.
    double heightShareOf(Box box) {
        return box.heightPixels() / heightPixels;
    }
}
