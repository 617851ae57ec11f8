package dev.aerie.cli.demo;

import java.util.List;
import java.util.Map;

/// JVM options of a demo's processes, sized for a small machine; `docs/demo.md` has the measurements.
final class JvmOptions {

    private static final String ONE_COLLECTOR = "-XX:+UseSerialGC";

    /// Compiles once and quickly.
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /// Gives back what native code has freed, and the compiler after its busiest seconds.
    private static final String TRIM = "-XX:TrimNativeHeapInterval=5000";

    /// Of processes that mostly wait: they start sooner and would gain little from more compiling.
    static final List<String> CARRIER = List.of(ONE_COLLECTOR, TRIM, QUICK_COMPILER, "-Xms24m", "-Xmn12m", "-Xmx192m");

    /// Of processes that calculate.
    static final List<String> CALCULATOR = List.of(ONE_COLLECTOR, TRIM, "-Xms48m", "-Xmn24m", "-Xmx384m");

    /// Of SLAM, whose map grows with the flight.
    static final List<String> MAPPER = List.of(ONE_COLLECTOR, TRIM, "-Xms48m", "-Xmn24m", "-Xmx1g");

    /// Few malloc arenas: each keeps the memory that its threads freed.
    static final Map<String, String> NATIVE = Map.of("MALLOC_ARENA_MAX", "2");

    private JvmOptions() {}
}
