package dev.aerie.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// Resources that a process has used so far, from Linux's `/proc`.
///
/// - `cpuTime`: of all its threads, user and system
/// - `residentBytes`: of its memory in RAM, now
public record ProcessCost(Duration cpuTime, long residentBytes) {

    /// Linux counts CPU time in hundredths of a second for every program (USER_HZ).
    private static final long MILLIS_PER_TICK = 10;

    /// HotSpot's names, cut to the fifteen characters that Linux keeps.
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /// Throws [IOException] where there is no such process or no `/proc`.
    public static ProcessCost of(long pid) throws IOException {
        return parse(
                Files.readString(Path.of("/proc", Long.toString(pid), "stat")),
                Files.readString(Path.of("/proc", Long.toString(pid), "status")));
    }

    /// Bytes that a process passed to write calls of the operating system.
    public static long writtenBytes(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "io"))
                .lines()
                .filter(line -> line.startsWith("wchar:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/PID/io has no wchar"));
    }

    /// CPU time of the threads of a Java process that compile; zero for other processes.
    public static Duration compiling(long pid) throws IOException {
        var sum = Duration.ZERO;
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                sum = sum.plus(compiling(textOf(thread.resolve("stat"))));
            }
        }
        return sum;
    }

    /// How long threads of a process that live now were ready to run and had no core, all together, so far; zero where
    /// Linux does not count it.
    public static Duration waitingForCores(long pid) throws IOException {
        long nanos = 0;
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                nanos += waitingNanos(textOf(thread.resolve("schedstat")));
            }
        }
        return Duration.ofNanos(nanos);
    }

    /// - `schedstat`: of a thread: nanoseconds on a core, nanoseconds of waiting for one, turns
    static long waitingNanos(String schedstat) {
        String[] fields = schedstat.strip().split(" ", -1);
        return fields.length == 3 ? Long.parseLong(fields[1]) : 0;
    }

    /// Empty for a thread that has ended.
    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    /// - `stat`: of a thread
    static Duration compiling(String stat) {
        return COMPILER.matcher(stat).find() ? cpuTime(stat) : Duration.ZERO;
    }

    private static Duration cpuTime(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    /// - `stat`: fields after the command in brackets, which may hold spaces: proc(5)
    static ProcessCost parse(String stat, String status) throws IOException {
        long kibibytes = status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/PID/status has no VmRSS"));
        return new ProcessCost(cpuTime(stat), kibibytes << 10);
    }
}
