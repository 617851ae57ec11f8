package dev.aerie.benchmarks;

import java.time.Duration;
import java.util.List;

/// What the user asked of `./aerie bench record`.
///
/// - `streams`: one row per writer and number
/// - `measureFor`: how long each row is measured
public record RecordOptions(List<Integer> streams, Duration measureFor) {

    public RecordOptions {
        streams = List.copyOf(streams);
        if (streams.isEmpty() || streams.stream().anyMatch(count -> count < 1 || count > 64)) {
            throw new IllegalArgumentException("--streams takes numbers from 1 to 64, was " + streams);
        }
        if (measureFor.toSeconds() < 1) {
            throw new IllegalArgumentException("--seconds is at least 1");
        }
    }
}
