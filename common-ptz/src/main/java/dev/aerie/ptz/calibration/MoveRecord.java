package dev.aerie.ptz.calibration;

import java.util.ArrayList;
import java.util.List;

/// What was seen of one move.
///
/// - `move`: that was commanded
/// - `startNanos`, `stopNanos`: when the move and its end were commanded
/// - `pairs`: of frames, from the start until the image stood again
record MoveRecord(CalibrationMove move, long startNanos, long stopNanos, List<ImageMotion> pairs) {

    private static final double MOVING_PIXELS = 1.5;

    MoveRecord {
        pairs = List.copyOf(pairs);
    }

    /// The pairs of frames between which the image moved.
    List<ImageMotion> moving() {
        return pairs.stream().filter(pair -> pair.shiftPixels() > MOVING_PIXELS).toList();
    }

    /// The angle over time, while the command was in force and nothing was missing between frames.
    List<Response.Sample> samples(FieldOfViewFit field) {
        var samples = new ArrayList<Response.Sample>();
        double degrees = 0;
        long last = pairs.isEmpty() ? 0 : pairs.getFirst().fromNanos();
        for (ImageMotion pair : pairs) {
            if (pair.fromNanos() != last || pair.toNanos() > stopNanos) {
                break;
            }
            last = pair.toNanos();
            degrees += turned(pair, field);
            samples.add(new Response.Sample((pair.toNanos() - startNanos) / 1e9, degrees));
        }
        return samples;
    }

    private double turned(ImageMotion pair, FieldOfViewFit field) {
        return switch (move.axis()) {
            case PAN ->
                RotationFit.pan(pair.vectors(), field.focalPixels(), field.tiltDegrees())
                        .degrees();
            case TILT -> RotationFit.tilt(pair.vectors(), field.focalPixels()).degrees();
        };
    }
}
