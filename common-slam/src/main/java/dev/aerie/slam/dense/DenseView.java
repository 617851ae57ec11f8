package dev.aerie.slam.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.List;
import java.util.Optional;

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

    private static final int MIN_POINTS = 20;
    private static final double MARGIN = 1.5;

    public DenseView {
        if (!(nearest > 0) || !(farthest > nearest)) {
            throw new IllegalArgumentException("depths must be > 0 and grow, were " + nearest + ", " + farthest);
        }
    }

    /// With the depths between which `points` of the map are in view, and some more; empty where there are too few.
    ///
    /// - `points`: in the axes and unit of `worldFromCamera`
    public static Optional<DenseView> of(
            long frameNumber,
            PinholeCamera camera,
            Colours colours,
            RigidTransform worldFromCamera,
            List<Vector3> points) {
        var cameraFromWorld = worldFromCamera.inverse();
        double[] depths = points.stream()
                .map(cameraFromWorld::apply)
                .filter(point -> isSeen(camera, point))
                .mapToDouble(Vector3::z)
                .sorted()
                .toArray();
        return depths.length < MIN_POINTS
                ? Optional.empty()
                : Optional.of(new DenseView(
                        frameNumber,
                        camera,
                        colours,
                        worldFromCamera,
                        fraction(depths, 0.02) / MARGIN,
                        fraction(depths, 0.95) * MARGIN));
    }

    private static boolean isSeen(PinholeCamera camera, Vector3 point) {
        return camera.project(point)
                .filter(pixel -> pixel.x() >= 0
                        && pixel.y() >= 0
                        && pixel.x() < camera.widthPixels()
                        && pixel.y() < camera.heightPixels())
                .isPresent();
    }

    private static double fraction(double[] sorted, double fraction) {
        return sorted[(int) (fraction * (sorted.length - 1))];
    }

    /// The square in its middle; throws [IllegalArgumentException] unless its shorter side is that long.
    public DenseView middle(int sidePixels) {
        int width = camera.widthPixels();
        if (Math.min(width, camera.heightPixels()) != sidePixels) {
            throw new IllegalArgumentException(
                    "a view of %dx%d has no middle of %d".formatted(width, camera.heightPixels(), sidePixels));
        }
        int left = (width - sidePixels) / 2;
        int top = (camera.heightPixels() - sidePixels) / 2;
        int[] rgb = new int[sidePixels * sidePixels];
        for (int row = 0; row < sidePixels; row++) {
            System.arraycopy(colours.rgb, (top + row) * width + left, rgb, row * sidePixels, sidePixels);
        }
        var square = new PinholeCamera(
                sidePixels,
                sidePixels,
                camera.focalXPixels(),
                camera.focalYPixels(),
                camera.centreXPixels() - left,
                camera.centreYPixels() - top);
        return new DenseView(frameNumber, square, new Colours(rgb), worldFromCamera, nearest, farthest);
    }

    /// Pixels of a frame, shared and never changed.
    public static final class Colours {
        private final int[] rgb;

        /// Owns `rgb` from now on.
        public Colours(int[] rgb) {
            this.rgb = rgb;
        }

        /// 0xRRGGBB.
        public int at(int pixel) {
            return rgb[pixel];
        }

        /// Brightness, 0..255.
        int grey(int pixel) {
            int colour = rgb[pixel];
            return (77 * (colour >> 16 & 255) + 150 * (colour >> 8 & 255) + 29 * (colour & 255)) >> 8;
        }
    }
}
