package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The readers of one broadcast that live on one event loop: one task per unit serves them all.
///
/// Whoever calls holds the broadcast's lock, which is what keeps joins and units in order. The reader list belongs to
/// the event loop.
final class BroadcastLane {

    private static final int MAX_PENDING_UNITS = 256;

    private final EventLoop loop;
    private final AtomicInteger pending;
    private final List<StreamReader> readers = new ArrayList<>();
    private volatile boolean missed;

    /// - `pending`: units on their way to event loops, shared by all lanes of a server
    BroadcastLane(EventLoop loop, AtomicInteger pending) {
        this.loop = loop;
        this.pending = pending;
    }

    /// Adds a reader that begins with `group`; takes over the references to it and to `report`.
    void join(StreamReader reader, List<PacketizedUnit> group, ByteBuf report) {
        execute(
                () -> {
                    readers.add(reader);
                    reader.begin(group, report);
                    report.release();
                },
                () -> {
                    group.forEach(PacketizedUnit::release);
                    report.release();
                });
    }

    void leave(StreamReader reader) {
        execute(() -> readers.remove(reader), () -> {});
    }

    /// Sends a unit, behind a report where there is one; both stay the caller's. A loop that is far behind misses it.
    void deliver(PacketizedUnit unit, @Nullable ByteBuf report) {
        if (pending.get() > MAX_PENDING_UNITS) {
            missed = true;
            return;
        }
        unit.retain();
        ByteBuf shared = report == null ? null : report.retain();
        pending.incrementAndGet();
        execute(
                () -> {
                    offer(unit, shared);
                    done(unit, shared);
                },
                () -> done(unit, shared));
    }

    /// Ends every reader; takes over the reference to `goodbye`.
    void end(ByteBuf goodbye) {
        execute(
                () -> {
                    List.copyOf(readers).forEach(reader -> reader.end(goodbye));
                    readers.clear();
                    goodbye.release();
                },
                goodbye::release);
    }

    private void offer(PacketizedUnit unit, @Nullable ByteBuf report) {
        if (missed) {
            missed = false;
            readers.forEach(StreamReader::missed);
        }
        for (StreamReader reader : readers) {
            if (report != null) {
                reader.report(report);
            }
            reader.offer(unit);
        }
    }

    private void done(PacketizedUnit unit, @Nullable ByteBuf report) {
        pending.decrementAndGet();
        unit.release();
        if (report != null) {
            report.release();
        }
    }

    private void execute(Runnable task, Runnable whenShutDown) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            whenShutDown.run();
        }
    }
}
