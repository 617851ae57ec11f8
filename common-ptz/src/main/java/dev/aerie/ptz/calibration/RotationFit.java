package dev.aerie.ptz.calibration;

import java.util.Arrays;
import java.util.List;

/// The angle by which a camera turned between two frames, for a lens and a tilt that are tried: every point of the
/// image must agree on it, which they do for the right ones only.
///
/// A turn about the upright axis moves a point at the edge of the frame further than one in its middle, by the square
/// of its tangent; that is how a field of view shows in the image alone. Source: R. Hartley, Self-Calibration of
/// Stationary Cameras, International Journal of Computer Vision 22, 1997, for turns about one known axis.
final class RotationFit {

    private RotationFit() {}

    /// A turn that was measured.
    ///
    /// - `degrees`: median over the points
    /// - `disagreement`: mean distance of the points from it, in pixels, each counted up to a few
    record Turn(double degrees, double disagreement) {}

    private static final double COUNTED_PIXELS = 3;

    /// A turn to the right about the upright axis.
    ///
    /// - `focalPixels`: of the lens
    /// - `tiltDegrees`: of the camera
    static Turn pan(List<FlowVector> vectors, double focalPixels, double tiltDegrees) {
        double cosine = Math.cos(Math.toRadians(tiltDegrees));
        double sine = Math.sin(Math.toRadians(tiltDegrees));
        double[] turns = new double[vectors.size()];
        for (int i = 0; i < turns.length; i++) {
            FlowVector at = vectors.get(i);
            turns[i] = azimuth(at.x(), at.y(), focalPixels, cosine, sine)
                    - azimuth(at.x() + at.dx(), at.y() + at.dy(), focalPixels, cosine, sine);
        }
        return turn(turns, focalPixels);
    }

    private static double azimuth(double x, double y, double focalPixels, double cosine, double sine) {
        return Math.atan2(x, focalPixels * cosine + y * sine);
    }

    /// A turn up about the camera's own axis across.
    static Turn tilt(List<FlowVector> vectors, double focalPixels) {
        double[] turns = new double[vectors.size()];
        for (int i = 0; i < turns.length; i++) {
            FlowVector at = vectors.get(i);
            turns[i] = Math.atan2(at.y() + at.dy(), focalPixels) - Math.atan2(at.y(), focalPixels);
        }
        return turn(turns, focalPixels);
    }

    private static Turn turn(double[] turns, double focalPixels) {
        if (turns.length == 0) {
            return new Turn(0, 0);
        }
        double[] sorted = turns.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double sum = 0;
        for (double turn : turns) {
            sum += Math.min(COUNTED_PIXELS, Math.abs(turn - median) * focalPixels);
        }
        return new Turn(Math.toDegrees(median), sum / turns.length);
    }
}
