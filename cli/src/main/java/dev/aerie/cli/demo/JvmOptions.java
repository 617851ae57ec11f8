package dev.aerie.cli.demo;

import java.util.List;
import java.util.Map;

/// How the JVMs of a demo are set, so that all of them fit on a small machine; `docs/demo.md` has the measurements.
final class JvmOptions {

    private static final String ONE_COLLECTOR = "-XX:+UseSerialGC";

    /// Code that is compiled once and quickly.
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /// Of processes that mostly wait: what they run is ready sooner, and would hardly be faster for more compiling.
    static final List<String> CARRIER = List.of(ONE_COLLECTOR, QUICK_COMPILER, "-Xms24m", "-Xmn12m", "-Xmx192m");

    /// Of processes that calculate.
    static final List<String> CALCULATOR = List.of(ONE_COLLECTOR, "-Xms96m", "-Xmn48m", "-Xmx384m");

    /// Of SLAM, whose map grows with the flight.
    static final List<String> MAPPER = List.of(ONE_COLLECTOR, "-Xms96m", "-Xmn48m", "-Xmx1g");

    /// Few arenas of the C library's memory: each keeps what its threads have given back.
    static final Map<String, String> NATIVE = Map.of("MALLOC_ARENA_MAX", "2");

    private JvmOptions() {}
}
