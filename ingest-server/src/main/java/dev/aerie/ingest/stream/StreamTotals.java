package dev.aerie.ingest.stream;

import java.util.concurrent.atomic.LongAdder;

/// Counters of one stream name since the server started, over all its sessions; written by publishers, read by
/// metrics.
public final class StreamTotals {

    private final LongAdder sessions = new LongAdder();
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder stalls = new LongAdder();

    void countSession() {
        sessions.increment();
    }

    void countFrame(int sizeBytes) {
        frames.increment();
        bytes.add(sizeBytes);
    }

    void countSkipped() {
        skipped.increment();
    }

    void countStall() {
        stalls.increment();
    }

    /// Access units received, relayed or not.
    public long received() {
        return frames() + skipped();
    }

    public long sessions() {
        return sessions.sum();
    }

    /// Access units stamped and relayed.
    public long frames() {
        return frames.sum();
    }

    public long bytes() {
        return bytes.sum();
    }

    /// Access units dropped because no IDR frame had arrived yet.
    public long skipped() {
        return skipped.sum();
    }

    public long stalls() {
        return stalls.sum();
    }
}
