package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.PartFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// A benchmark that measures rows of equal length: prints a line per row as it is measured, and with `--json` all of
/// them as one JSON object on the last line.
///
/// @param <R> the figures of a row
public abstract class RowBench<R> implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;

    @Option(names = "--seconds", defaultValue = "10", paramLabel = "N", description = "time per row")
    private int seconds;

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    protected RowBench(PrintStream out) {
        this.out = out;
    }

    /// Throws [IllegalArgumentException] that names the option and what it takes.
    protected abstract void checkOptions();

    /// Measures and prints.
    protected abstract List<R> measure() throws PartFailedException, IOException, InterruptedException;

    /// Returns the exit status: 1 where a process or the broker failed, said in one line.
    @Override
    public final Integer call() throws InterruptedException {
        checkOptions();
        if (seconds < 1) {
            throw new IllegalArgumentException("--seconds is at least 1");
        }
        try (var _ = EndedWithUs.open()) {
            List<R> rows = measure();
            if (json) {
                out.println(JSON.writeValueAsString(Map.of("rows", rows)));
            }
            return 0;
        } catch (PartFailedException | IOException e) {
            out.println("aerie: " + e.getMessage());
            return 1;
        }
    }

    /// Throws unless there are numbers, all of them from 1 to `max`.
    protected static void check(String option, List<Integer> numbers, int max) {
        if (numbers.isEmpty() || numbers.stream().anyMatch(number -> number < 1 || number > max)) {
            throw new IllegalArgumentException(option + " takes numbers from 1 to " + max + ", was " + numbers);
        }
    }

    /// Those that can be measured here; prints the reason for each that is skipped.
    protected final <T> List<T> present(List<T> all, Function<T, String> name, Function<T, Optional<String>> obstacle) {
        var present = new ArrayList<T>();
        for (T one : all) {
            obstacle.apply(one)
                    .ifPresentOrElse(
                            reason -> out.println(name.apply(one) + " is not measured: " + reason),
                            () -> present.add(one));
        }
        return present;
    }

    /// Time per row.
    protected int seconds() {
        return seconds;
    }
}
