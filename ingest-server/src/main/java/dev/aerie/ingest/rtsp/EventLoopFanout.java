package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The readers of one broadcast that live on one event loop: one task per unit serves them all.
///
/// Whoever calls holds the broadcast's lock, which is what keeps joins and units in order. The reader list belongs to
/// the event loop.
final class EventLoopFanout {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoopFanout.class);
    private static final int MAX_PENDING_UNITS = 256;

    private final EventLoop loop;
    private final AtomicInteger pending;
    private final List<StreamReader> readers = new ArrayList<>();
    private boolean missing;

    /// - `pending`: units on their way to event loops, shared by all lanes of a server
    EventLoopFanout(EventLoop loop, AtomicInteger pending) {
        this.loop = loop;
        this.pending = pending;
    }

    /// Adds a reader that begins with `group`; takes over the references to it and to `report`.
    void join(StreamReader reader, List<PacketizedUnit> group, ByteBuf report) {
        execute(
                () -> {
                    readers.add(reader);
                    try {
                        guarded(List.of(reader), each -> each.begin(group, report));
                    } finally {
                        report.release();
                    }
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
            miss();
            return;
        }
        missing = false;
        unit.retain();
        ByteBuf shared = report == null ? null : report.retain();
        pending.incrementAndGet();
        execute(
                () -> {
                    try {
                        offer(unit, shared);
                    } finally {
                        done(unit, shared);
                    }
                },
                () -> done(unit, shared));
    }

    /// Ends every reader; takes over the reference to `goodbye`.
    void end(ByteBuf goodbye) {
        execute(
                () -> {
                    try {
                        guarded(readers, reader -> reader.end(goodbye));
                        readers.clear();
                    } finally {
                        goodbye.release();
                    }
                },
                goodbye::release);
    }

    /// A unit is lost: readers are told, once for each gap, behind what is on its way to them.
    void miss() {
        if (!missing) {
            missing = true;
            execute(() -> guarded(readers, StreamReader::missed), () -> {});
        }
    }

    private void offer(PacketizedUnit unit, @Nullable ByteBuf report) {
        guarded(readers, reader -> {
            if (report != null) {
                reader.report(report);
            }
            reader.offer(unit);
        });
    }

    /// One reader that fails loses its connection; the others never notice.
    private void guarded(List<StreamReader> some, Consumer<StreamReader> action) {
        for (StreamReader reader : List.copyOf(some)) {
            try {
                action.accept(reader);
            } catch (RuntimeException | Error failure) {
                LOG.error("reader failed session={}", reader.session(), failure);
                readers.remove(reader);
                reader.fail();
            }
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
