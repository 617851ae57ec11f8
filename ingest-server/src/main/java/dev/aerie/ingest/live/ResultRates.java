package dev.aerie.ingest.live;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Messages per second by exchange and stream: counted on arrival, measured once a second.
final class ResultRates {

    /// Stands for messages that name no stream.
    static final String EVERY_STREAM = "*";

    private static final int MAX_KEYS = 4_096;
    private static final int FORGET_AFTER_TICKS = 60;

    private final ConcurrentHashMap<Key, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<Key, Measured> measured = new ConcurrentHashMap<>();
    private long lastTickNanos;

    private record Key(String exchange, String stream) {}

    /// `silentTicks`: measurements in a row without a message.
    private record Measured(double perSecond, int silentTicks) {}

    ResultRates(long nowNanos) {
        lastTickNanos = nowNanos;
    }

    void count(String exchange, String stream) {
        var key = new Key(exchange, stream);
        if (counts.size() < MAX_KEYS || counts.containsKey(key)) {
            counts.computeIfAbsent(key, _ -> new LongAdder()).increment();
        }
    }

    /// Measures the time since the last call; called by one thread.
    void tick(long nowNanos) {
        double seconds = Math.max(1, nowNanos - lastTickNanos) / 1e9;
        lastTickNanos = nowNanos;
        for (var entry : counts.entrySet()) {
            long count = entry.getValue().sumThenReset();
            var before = measured.getOrDefault(entry.getKey(), new Measured(0, 0));
            int silentTicks = count == 0 ? before.silentTicks() + 1 : 0;
            if (silentTicks > FORGET_AFTER_TICKS) {
                counts.remove(entry.getKey());
                measured.remove(entry.getKey());
            } else {
                measured.put(entry.getKey(), new Measured(count / seconds, silentTicks));
            }
        }
    }

    /// Messages a second by stream, then by exchange; [#EVERY_STREAM] stands for messages without a stream.
    Map<String, Map<String, Double>> byStream() {
        var rates = new TreeMap<String, Map<String, Double>>();
        measured.forEach((key, rate) -> rates.computeIfAbsent(key.stream(), _ -> new TreeMap<>())
                .put(key.exchange(), rounded(rate.perSecond())));
        return rates;
    }

    private static double rounded(double perSecond) {
        return Math.round(perSecond * 10) / 10.0;
    }
}
