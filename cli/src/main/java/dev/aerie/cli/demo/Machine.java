package dev.aerie.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Free CPU of this machine at the start of a demo.
///
/// - `cores`: number of CPU cores
/// - `freeShare`: unused fraction of their time, 0..1
record Machine(int cores, double freeShare) {

    /// Fraction of the free cores for rendering and encoding the scene; the rest is the fleet's.
    static final double DRAWING_SHARE = 0.35;

    /// Minimum that the scheduler leaves us when other programs keep every core busy.
    private static final double MIN_FREE = 0.4;

    private static final Path TIMES = Path.of("/proc/stat");
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int OWN_TIMES = 8;

    /// Processor time since the start, in ticks of all cores together.
    ///
    /// - `idle`: of it, idle
    record Times(long all, long idle) {

        /// Reads the first line of `/proc/stat`: `cpu  user nice system idle iowait irq softirq steal …`.
        static Times parse(String line) {
            long[] ticks = Arrays.stream(line.strip().split("\\s+", -1))
                    .skip(1)
                    .limit(OWN_TIMES)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Times(Arrays.stream(ticks).sum(), ticks[IDLE] + ticks[WAITING]);
        }

        /// The idle fraction of the time since `before`.
        double freeSince(Times before) {
            return all > before.all ? (double) (idle - before.idle) / (all - before.all) : 1;
        }
    }

    /// Measures the load of other programs for a quarter of a second; without `/proc` the machine counts as free.
    static Machine look() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        var before = times();
        if (before.isEmpty()) {
            return new Machine(cores, 1);
        }
        Thread.sleep(LOOK);
        return new Machine(
                cores, times().map(now -> now.freeSince(before.get())).orElse(1.0));
    }

    /// Number of cores that rendering may use.
    double coresForDrawing() {
        return DRAWING_SHARE * cores * Math.max(MIN_FREE, freeShare);
    }

    private static Optional<Times> times() {
        try (var lines = Files.lines(TIMES)) {
            return lines.findFirst().map(Times::parse);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
