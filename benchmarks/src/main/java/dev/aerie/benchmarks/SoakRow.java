package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Figures at the end of one interval of a soak test.
///
/// - `frames`: since the start
/// - `heapMb`: in use after a collection
/// - `memoryMb`: maximum off-heap memory of the objects
/// - `objects`: added since the start
record SoakRow(
        long frames,
        @JsonProperty("ms_p50") double p50Millis,
        @JsonProperty("ms_p95") double p95Millis,
        @JsonProperty("heap_mb") double heapMb,
        @JsonProperty("rss_mb") double residentMb,
        @JsonProperty("memory_mb") double memoryMb,
        long objects) {

    static final String HEADING = "frames   ms p50   ms p95   heap MB    RSS MB  memory MB  objects";

    String toLine() {
        return "%8d %8.1f %8.1f %9.1f %9.1f %10.1f %8d"
                .formatted(frames, p50Millis, p95Millis, heapMb, residentMb, memoryMb, objects);
    }
}
