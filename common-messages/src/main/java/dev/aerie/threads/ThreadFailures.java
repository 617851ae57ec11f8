package dev.aerie.threads;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What has gone wrong on the background threads of this process: how often, and what goes wrong now.
///
/// It is one per process, as threads are. Safe for any number of threads.
public final class ThreadFailures {

    /// By kind of thread: the code names the kinds, so there are few.
    private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

    /// By name of thread, as long as it has not worked again.
    private static final Map<String, String> NOW = new ConcurrentHashMap<>();

    private ThreadFailures() {}

    /// Failures since the start of the process by kind of thread, 0 for a kind that never failed.
    public static SortedMap<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        COUNTS.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    /// The threads whose last run failed, by name, each with the cause in words; empty while all is well.
    public static SortedMap<String, String> now() {
        return new TreeMap<>(NOW);
    }

    static void known(String kind) {
        COUNTS.computeIfAbsent(kind, _ -> new LongAdder());
    }

    static void failed(String kind, String thread, Throwable cause) {
        COUNTS.computeIfAbsent(kind, _ -> new LongAdder()).increment();
        NOW.put(thread, String.valueOf(cause));
    }

    static void works(String thread) {
        NOW.remove(thread);
    }
}
