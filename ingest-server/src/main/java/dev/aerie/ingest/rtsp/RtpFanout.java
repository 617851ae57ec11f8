package dev.aerie.ingest.rtsp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.GopCache;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.rtp.PacketizedUnit;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.limits.ByteBudget;
import dev.aerie.rtp.SenderReport;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relayed stream as RTP: packetized once, on the publisher's thread, for all its readers, who share SSRC, sequence
/// numbers and times. Reads the stream only while someone reads this.
///
/// Locks are taken in this order: `membership`, the stream's, this one's. A publisher takes the last two and never
/// waits for a reader: sending happens on the readers' event loops.
final class RtpFanout implements RelayReader {

    private static final Logger LOG = LoggerFactory.getLogger(RtpFanout.class);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RelayStream stream;
    private final InstantSource clock;
    private final AtomicInteger pendingUnits;
    private final Object membership = new Object();

    @GuardedBy("membership")
    private int members;

    @GuardedBy("this")
    private final RtpPacketizer packetizer;

    @GuardedBy("this")
    private final Map<EventLoop, EventLoopFanout> lanes = new HashMap<>();

    @GuardedBy("this")
    private final GopCache<PacketizedUnit> group;

    @GuardedBy("this")
    private @Nullable SenderReport latest;

    @GuardedBy("this")
    private long reportedNanos;

    @GuardedBy("this")
    private boolean ended;

    /// - `packetizer`: taken over
    /// - `pendingUnits`: counts units on their way to event loops
    /// - `cached`: what the cached groups of all streams may take
    RtpFanout(
            RelayStream stream,
            RtpPacketizer packetizer,
            InstantSource clock,
            AtomicInteger pendingUnits,
            ByteBudget cached) {
        this.group = new GopCache<>(GopCache.MAX_UNITS, GopCache.MAX_BYTES, cached, PacketizedUnit::release);
        this.stream = stream;
        this.packetizer = packetizer;
        this.clock = clock;
        this.pendingUnits = pendingUnits;
    }

    /// Where a reader begins: sequence number and RTP time of its first packet.
    record Beginning(int sequence, int rtpTime) {}

    /// Adds a reader on its event loop. It begins with the cached group, and where that is empty with the next IDR
    /// frame, of which nothing is known yet.
    Optional<Beginning> join(StreamReader reader, EventLoop loop) {
        synchronized (membership) {
            if (members++ == 0) {
                stream.subscribe(this);
            }
            return begin(reader, loop);
        }
    }

    /// Removes a reader that joined.
    void leave(StreamReader reader, EventLoop loop) {
        synchronized (membership) {
            synchronized (this) {
                lane(loop).leave(reader);
            }
            if (--members == 0) {
                stream.unsubscribe(this);
                forgetGroup();
            }
        }
    }

    synchronized int ssrc() {
        return packetizer.ssrc();
    }

    /// A unit that cannot be sent is lost to all readers, as packets are lost; they go on at the next IDR frame.
    @Override
    public synchronized void accept(AccessUnit unit) {
        try {
            send(unit);
        } catch (RuntimeException | Error failure) {
            LOG.error("unit not sent stream={}", stream.name(), failure);
            forgetGroup();
            lanes.values().forEach(EventLoopFanout::miss);
        }
    }

    @GuardedBy("this")
    private void send(AccessUnit unit) {
        long captureNanos = unit.stamp().map(FrameStamp::captureTimeNanos).orElseGet(this::nowNanos);
        var packets = packetizer.packetize(unit, captureNanos);
        ByteBuf report = null;
        try {
            report = count(packets);
            remember(packets);
            for (EventLoopFanout fanout : lanes.values()) {
                fanout.deliver(packets, report);
            }
        } finally {
            packets.release();
            if (report != null) {
                report.release();
            }
        }
    }

    @Override
    public synchronized void ended() {
        ended = true;
        forgetGroup();
        for (EventLoopFanout fanout : lanes.values()) {
            fanout.end(goodbye());
        }
    }

    private synchronized Optional<Beginning> begin(StreamReader reader, EventLoop loop) {
        List<PacketizedUnit> cached = group.units();
        cached.forEach(PacketizedUnit::retain);
        ByteBuf report = encoded(cached.isEmpty() ? lastReport() : reportFor(cached.getFirst(), lastReport()));
        lane(loop).join(reader, cached, report);
        if (ended) {
            lane(loop).end(goodbye());
        }
        return cached.isEmpty()
                ? Optional.empty()
                : Optional.of(new Beginning(
                        cached.getFirst().firstSequence(), cached.getFirst().rtpTime()));
    }

    /// Counts a unit; returns a report to send in front of it when it is time for one, owned by the caller.
    @GuardedBy("this")
    private @Nullable ByteBuf count(PacketizedUnit unit) {
        var before = reportFor(unit, lastReport());
        latest = new SenderReport(
                before.ssrc(),
                before.unixNanos(),
                before.rtpTime(),
                before.packets() + unit.packetCount(),
                before.payloadBytes() + unit.payloadBytes());
        long now = System.nanoTime();
        if (now - reportedNanos < REPORT_NANOS) {
            return null;
        }
        reportedNanos = now;
        return encoded(before);
    }

    @GuardedBy("this")
    private SenderReport lastReport() {
        var report = latest;
        return report != null ? report : new SenderReport(packetizer.ssrc(), nowNanos(), 0, 0, 0);
    }

    private static SenderReport reportFor(PacketizedUnit unit, SenderReport counts) {
        return new SenderReport(
                counts.ssrc(), unit.captureTimeNanos(), unit.rtpTime(), counts.packets(), counts.payloadBytes());
    }

    @GuardedBy("this")
    private EventLoopFanout lane(EventLoop loop) {
        return lanes.computeIfAbsent(loop, l -> new EventLoopFanout(l, pendingUnits));
    }

    @GuardedBy("this")
    private void remember(PacketizedUnit unit) {
        if (!group.add(unit.retain(), unit.isIdr(), unit.framedBytes())) {
            unit.release();
        }
    }

    private synchronized void forgetGroup() {
        group.clear();
    }

    @GuardedBy("this")
    private ByteBuf goodbye() {
        var bytes = ByteBuffer.allocate(SenderReport.GOODBYE_BYTES);
        lastReport().writeGoodbye(bytes);
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    private static ByteBuf encoded(SenderReport report) {
        var bytes = ByteBuffer.allocate(SenderReport.BYTES);
        report.write(bytes);
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    private long nowNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
