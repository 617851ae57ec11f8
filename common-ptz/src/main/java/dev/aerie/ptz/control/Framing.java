package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.ImagePoint;

/// How the target should stand in the frame.
///
/// - `place`: of its centre
/// - `share`: of the frame's width or height that it should fill, whichever is more, 0..1
/// - `zooms`: whether the zoom may be used for that; otherwise it stays
public record Framing(ImagePoint place, double share, boolean zooms) {

    /// In the middle, with the zoom left alone.
    public static final Framing CENTRED = new Framing(ImagePoint.CENTRE, 0.3, false);

    public Framing {
        if (!place.isInFrame()) {
            throw new IllegalArgumentException("the target's place must be in the frame, was " + place);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in 0..1, was " + share);
        }
    }

    /// In the middle, filling a share of the frame.
    public static Framing filling(double share) {
        return new Framing(ImagePoint.CENTRE, share, true);
    }
}
