package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// One reader of one broadcast: bounds what waits for it.
///
/// When too much waits, units are dropped up to the next IDR frame at which half of the bound is free again. All
/// methods but [#stats] run on the reader's event loop.
final class StreamReader {

    private final String session;
    private final String remoteAddress;
    private final PacketSink sink;
    private final ReaderLimits limits;
    private final RtspStream stream;
    private final Runnable onEnd;
    private final long startedNanos = System.nanoTime();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentPackets = new LongAdder();
    private final LongAdder droppedUnits = new LongAdder();
    private final LongAdder resumes = new LongAdder();

    private volatile long queuedBytes;
    private boolean waitsForIdr = true;
    private boolean flows;
    private boolean gone;
    private long startBytes;
    private int startUnits;
    private long takenUnits = -1;
    private long progressNanos = startedNanos;

    /// - `onEnd`: called once when the stream ends while this reads it
    StreamReader(
            String session,
            String remoteAddress,
            PacketSink sink,
            ReaderLimits limits,
            RtspStream stream,
            Runnable onEnd) {
        this.session = session;
        this.remoteAddress = remoteAddress;
        this.sink = sink;
        this.limits = limits;
        this.stream = stream;
        this.onEnd = onEnd;
    }

    /// Sends the cached group (whose references become this method's) behind a report of where its clock stands.
    void begin(List<PacketizedUnit> group, ByteBuf report) {
        try {
            if (!gone) {
                sink.writeReport(report);
                for (PacketizedUnit unit : group) {
                    startBytes += unit.framedBytes();
                    startUnits++;
                    waitsForIdr = false;
                    write(unit);
                }
                finish();
            }
        } finally {
            group.forEach(PacketizedUnit::release);
        }
    }

    /// Sends the next unit, or drops it. It stays the caller's.
    void offer(PacketizedUnit unit) {
        if (gone) {
            return;
        }
        if (waitsForIdr && !(unit.isIdr() && isHalfFree())) {
            drop();
            return;
        }
        if (waitsForIdr && flows) {
            resumes.increment();
            stream.countResume();
        }
        waitsForIdr = isFull();
        if (waitsForIdr) {
            drop();
        } else {
            write(unit);
            finish();
        }
    }

    void report(ByteBuf rtcp) {
        if (!gone && !isFull()) {
            sink.writeReport(rtcp);
        }
    }

    /// A unit was lost on the way here: what follows makes no sense before the next IDR frame.
    void missed() {
        waitsForIdr = true;
        drop();
    }

    /// The stream has ended: says goodbye.
    void end(ByteBuf goodbye) {
        if (!gone) {
            sink.writeReport(goodbye);
            sink.flush();
            onEnd.run();
        }
    }

    /// It can no longer be served: its connection is closed.
    void fail() {
        if (!gone) {
            leave();
            onEnd.run();
        }
    }

    String session() {
        return session;
    }

    /// Takes no more; what is queued already is still sent.
    void leave() {
        gone = true;
        queuedBytes = 0;
    }

    /// Whether something has waited for longer than `allowed` without the kernel taking any of it.
    boolean isStalled(Duration allowed) {
        long now = System.nanoTime();
        if (sink.queuedUnits() == 0 || sink.takenUnits() != takenUnits) {
            takenUnits = sink.takenUnits();
            progressNanos = now;
        }
        return now - progressNanos > allowed.toNanos();
    }

    RtspServerStats.ReaderStats stats() {
        return new RtspServerStats.ReaderStats(
                session,
                remoteAddress,
                sink.transport(),
                sentBytes.sum(),
                sentPackets.sum(),
                droppedUnits.sum(),
                resumes.sum(),
                queuedBytes,
                (System.nanoTime() - startedNanos) / 1_000_000);
    }

    private void write(PacketizedUnit unit) {
        flows = true;
        sentBytes.add(unit.framedBytes());
        sentPackets.add(unit.packetCount());
        stream.countSent();
        sink.write(unit);
    }

    private void finish() {
        sink.flush();
        queuedBytes = sink.queuedBytes();
        if (sink.queuedUnits() == 0) {
            startBytes = 0;
            startUnits = 0;
        }
    }

    private void drop() {
        if (flows) {
            droppedUnits.increment();
            stream.countDrop();
        }
        queuedBytes = sink.queuedBytes();
    }

    private boolean isFull() {
        return sink.queuedBytes() > limits.maxQueuedBytes() + startBytes
                || sink.queuedUnits() > limits.maxQueuedUnits() + startUnits;
    }

    private boolean isHalfFree() {
        return sink.queuedBytes() <= limits.maxQueuedBytes() / 2 && sink.queuedUnits() <= limits.maxQueuedUnits() / 2;
    }
}
