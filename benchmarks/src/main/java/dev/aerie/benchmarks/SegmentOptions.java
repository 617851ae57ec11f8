package dev.aerie.benchmarks;

import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.sam2.Precision;
import java.time.Duration;
import java.util.List;

/// What the user asked of `./aerie bench segment`.
///
/// - `size`: side of the square input, in pixels
/// - `objects`: one row per engine and number
/// - `precisions`: rows of ours for each
/// - `threads`: of one run on the processor
/// - `measureFor`: how long each row is measured, three runs of each stage at least
public record SegmentOptions(
        String model,
        int size,
        List<Integer> objects,
        List<Precision> precisions,
        int threads,
        Device device,
        Duration measureFor) {

    private static final int MAX_OBJECTS = 64;

    public SegmentOptions {
        objects = List.copyOf(objects);
        precisions = List.copyOf(precisions);
        if (objects.isEmpty() || objects.stream().anyMatch(count -> count < 1 || count > MAX_OBJECTS)) {
            throw new IllegalArgumentException("--objects takes numbers from 1 to 64, was " + objects);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("--threads is at least 1");
        }
    }
}
