package dev.aerie.slam.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.geometry.PinholeCamera;

/// A keyframe as dense mapping sees it: small, without the lens's distortion.
///
/// - `camera`: of this frame
/// - `colours`: 0xRRGGBB, row by row; not to be changed any more
/// - `nearest`, `farthest`: between which depths surfaces are looked for, in the map's unit
public record DenseView(
        long frameNumber,
        PinholeCamera camera,
        Colours colours,
        RigidTransform worldFromCamera,
        double nearest,
        double farthest) {

    public DenseView {
        if (!(nearest > 0) || !(farthest > nearest)) {
            throw new IllegalArgumentException("depths must be > 0 and grow, were " + nearest + ", " + farthest);
        }
    }

    /// Pixels of a frame, shared and never changed.
    public static final class Colours {
        private final int[] rgb;

        /// Owns `rgb` from now on.
        public Colours(int[] rgb) {
            this.rgb = rgb;
        }

        int at(int pixel) {
            return rgb[pixel];
        }

        /// Brightness, 0..255.
        int grey(int pixel) {
            int colour = rgb[pixel];
            return (77 * (colour >> 16 & 255) + 150 * (colour >> 8 & 255) + 29 * (colour & 255)) >> 8;
        }
    }
}
