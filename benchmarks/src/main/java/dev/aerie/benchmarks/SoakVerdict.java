package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Result of a soak test.
///
/// - `firstQuarterMillis`, `lastQuarterMillis`: median time of a frame
/// - `residentMbPer10000`, `heapMbPer10000`: growth of process and heap per 10,000 frames, without the first tenth
/// - `flat`: whether memory does not grow
/// - `latencyFlat`: whether latency does not grow
record SoakVerdict(
        @JsonProperty("first_quarter_ms") double firstQuarterMillis,
        @JsonProperty("last_quarter_ms") double lastQuarterMillis,
        @JsonProperty("rss_mb_per_10000") double residentMbPer10000,
        @JsonProperty("heap_mb_per_10000") double heapMbPer10000,
        boolean flat,
        @JsonProperty("latency_flat") boolean latencyFlat) {

    /// Margin of the last row's process over the first's: memory that a process allocates late and once.
    private static final double TOLERANCE_MB = 64;

    /// Margin of the last row's objects over all before: the memory of an object may depend on its size.
    private static final double TOLERANCE_OF_MEMORY = 1.2;

    /// Factor by which the last quarter's latency may exceed the first's.
    private static final double TOLERANCE_OF_LATENCY = 1.25;

    private static final double FRAMES = 10_000;

    /// - `rows`: at least three
    static SoakVerdict of(List<SoakRow> rows, double firstQuarterMillis, double lastQuarterMillis) {
        return new SoakVerdict(
                firstQuarterMillis,
                lastQuarterMillis,
                growth(rows, SoakRow::residentMb),
                growth(rows, SoakRow::heapMb),
                isFlat(rows),
                lastQuarterMillis <= firstQuarterMillis * TOLERANCE_OF_LATENCY);
    }

    /// Compares rows from the second on: the first contains one-time allocations.
    private static boolean isFlat(List<SoakRow> rows) {
        SoakRow early = rows.get(1);
        SoakRow late = rows.getLast();
        double before = rows.subList(1, rows.size() - 1).stream()
                .mapToDouble(SoakRow::memoryMb)
                .max()
                .orElse(0);
        return late.residentMb() - early.residentMb() < TOLERANCE_MB
                && late.heapMb() - early.heapMb() < TOLERANCE_MB
                && late.memoryMb() <= before * TOLERANCE_OF_MEMORY;
    }

    /// Slope of the least-squares line through the rows from the second on, to a tenth.
    private static double growth(List<SoakRow> all, ToDoubleFunction<SoakRow> figure) {
        List<SoakRow> rows = all.subList(1, all.size());
        double middle = rows.stream().mapToDouble(SoakRow::frames).average().orElse(0);
        double mean = rows.stream().mapToDouble(figure).average().orElse(0);
        double together = 0;
        double spread = 0;
        for (var row : rows) {
            together += (row.frames() - middle) * (figure.applyAsDouble(row) - mean);
            spread += (row.frames() - middle) * (row.frames() - middle);
        }
        return Math.round(FRAMES * together / spread * 10) / 10.0;
    }

    String toText() {
        return """
            memory %s: process %+.1f MB, heap %+.1f MB per 10,000 frames
            latency %s: median %.1f ms in the first quarter, %.1f ms in the last\
            """.formatted(
                        flat ? "is flat" : "grows",
                        residentMbPer10000,
                        heapMbPer10000,
                        latencyFlat ? "is flat" : "grows",
                        firstQuarterMillis,
                        lastQuarterMillis);
    }
}
