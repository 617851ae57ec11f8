package dev.aerie.ptz.calibration;

import java.util.List;

/// How the image moved between two frames, one after the other.
///
/// - `fromNanos`, `toNanos`: capture times, Unix nanoseconds
/// - `vectors`: of points all over the frame; some may belong to things that move by themselves
public record ImageMotion(long fromNanos, long toNanos, List<FlowVector> vectors) {

    public ImageMotion {
        if (toNanos <= fromNanos) {
            throw new IllegalArgumentException("expected two frames in order, was " + fromNanos + ", " + toNanos);
        }
        vectors = List.copyOf(vectors);
    }

    /// Pixels between the frames, by the median across and down.
    double shiftPixels() {
        return Math.hypot(median(true), median(false));
    }

    private double median(boolean across) {
        double[] values = vectors.stream()
                .mapToDouble(vector -> across ? vector.dx() : vector.dy())
                .sorted()
                .toArray();
        return values.length == 0 ? 0 : values[values.length / 2];
    }
}
