package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What a soaking has shown.
///
/// - `firstQuarterMillis`, `lastQuarterMillis`: median time of a frame
/// - `residentMbPer10000`, `heapMbPer10000`: growth of process and heap over 10,000 frames, the first tenth left out
/// - `flat`: whether memory stays as it is
/// - `latencyFlat`: whether the time of a frame does
record SoakVerdict(
        @JsonProperty("first_quarter_ms") double firstQuarterMillis,
        @JsonProperty("last_quarter_ms") double lastQuarterMillis,
        @JsonProperty("rss_mb_per_10000") double residentMbPer10000,
        @JsonProperty("heap_mb_per_10000") double heapMbPer10000,
        boolean flat,
        @JsonProperty("latency_flat") boolean latencyFlat) {

    /// By which the last row's process may exceed the first's: what a process allocates late and once.
    private static final double TOLERANCE_MB = 64;

    /// By which the last row's objects may exceed all before: how much is kept of one may depend on its size.
    private static final double TOLERANCE_OF_MEMORY = 1.2;

    /// By which the last quarter's frames may take longer than the first's.
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

    /// Rows from the second on are compared: the first holds what is claimed once.
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

    /// Slope of the line that lies nearest to the rows from the second on, to a tenth.
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
