package dev.aerie.benchmarks;

import java.time.Duration;
import java.util.List;

/// What the user asked of `./aerie bench relay`.
///
/// - `readers`: one row per server and number
/// - `measureFor`: how long each row is measured
public record BenchOptions(List<Integer> readers, Duration measureFor) {

    public BenchOptions {
        readers = List.copyOf(readers);
        if (readers.isEmpty() || readers.stream().anyMatch(count -> count < 1 || count > 1000)) {
            throw new IllegalArgumentException("--readers takes numbers from 1 to 1000, was " + readers);
        }
        if (measureFor.toSeconds() < 1) {
            throw new IllegalArgumentException("--seconds is at least 1");
        }
    }
}
