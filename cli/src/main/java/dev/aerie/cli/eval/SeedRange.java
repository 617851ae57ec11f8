package dev.aerie.cli.eval;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Seeds of the simulator's worlds, as options take them: `1..5`.
final class SeedRange {

    private static final Pattern SEEDS = Pattern.compile("([0-9]{1,9})\\.\\.([0-9]{1,9})");

    private SeedRange() {}

    /// Throws [IllegalArgumentException] with the expected form.
    static List<Long> parse(String command, String range) {
        var ends = SEEDS.matcher(range);
        if (!ends.matches()) {
            throw new IllegalArgumentException(command + ": --seeds is such as 1..5, was " + range);
        }
        return LongStream.rangeClosed(Long.parseLong(ends.group(1)), Long.parseLong(ends.group(2)))
                .boxed()
                .toList();
    }
}
