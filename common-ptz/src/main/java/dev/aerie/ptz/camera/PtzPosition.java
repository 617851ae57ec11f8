package dev.aerie.ptz.camera;

/// Where a camera points.
///
/// - `panDegrees`: to the right of the camera's zero
/// - `tiltDegrees`: above the horizon of the camera's mounting
/// - `zoom`: magnification, at least 1; 1 is the widest view
public record PtzPosition(double panDegrees, double tiltDegrees, double zoom) {

    public static final PtzPosition HOME = new PtzPosition(0, 0, 1);

    public PtzPosition {
        if (!Double.isFinite(panDegrees) || !Double.isFinite(tiltDegrees) || !Double.isFinite(zoom)) {
            throw new IllegalArgumentException(
                    "position must be finite, was " + panDegrees + ", " + tiltDegrees + ", " + zoom);
        }
        if (zoom < 1) {
            throw new IllegalArgumentException("zoom must be >= 1, was " + zoom);
        }
    }
}
