package dev.aerie.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// What this machine has to give when a demo begins.
///
/// - `cores`: of its processor
/// - `freeShare`: of their time, 0 to 1, that nobody else uses
record Machine(int cores, double freeShare) {

    /// Of the free cores, what drawing and encoding the scene may take; the rest is the fleet's.
    static final double DRAWING_SHARE = 0.35;

    /// Others that keep every core busy still leave us this much, by the scheduler's fairness.
    private static final double MIN_FREE = 0.4;

    private static final Path TIMES = Path.of("/proc/stat");
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int OWN_TIMES = 8;

    /// Processor time since the start, in ticks of all cores together.
    ///
    /// - `idle`: of it, when nobody ran
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

        /// The idle share of the time since `before`.
        double freeSince(Times before) {
            return all > before.all ? (double) (idle - before.idle) / (all - before.all) : 1;
        }
    }

    /// Looks for a quarter of a second at what others do; a machine that does not tell is taken to be free.
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

    /// How many cores' time drawing may take.
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
