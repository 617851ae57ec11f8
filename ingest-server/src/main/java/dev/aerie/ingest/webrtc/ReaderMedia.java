package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The media of a browser that reads one stream. Lives on one event loop; what is called by other threads says so.
final class ReaderMedia implements SessionMedia, RelayReader {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderMedia.class);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long MIN_RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int MAX_PENDING_UNITS = 256;

    private final RelayStream stream;
    private final WebRtcOffer offer;
    private final RtpPacketizer packetizer;
    private final ByteBudget budget;
    private final EventLoop loop;
    private final Consumer<String> ending;
    private final LongAdder restarts;
    private final AtomicInteger pendingUnits = new AtomicInteger();

    /// The units that were cached when it joined; null once it has.
    private @Nullable List<AccessUnit> beginning;

    private @Nullable VideoSender sender;
    private @Nullable SrtcpReceiver receiver;
    private Consumer<byte[]> socket = _ -> {};
    private boolean flushScheduled;
    private boolean ended;
    private long reportedNanos;
    private long restartedNanos = System.nanoTime() - MIN_RESTART_NANOS;

    /// - `budget`: of all sessions
    /// - `ending`: ends the session, for a reason; on the event loop
    /// - `restarts`: counts browsers that could not go on
    ReaderMedia(
            RelayStream stream,
            WebRtcOffer offer,
            RtpPacketizer packetizer,
            ByteBudget budget,
            EventLoop loop,
            Consumer<String> ending,
            LongAdder restarts) {
        this.stream = stream;
        this.offer = offer;
        this.packetizer = packetizer;
        this.budget = budget;
        this.loop = loop;
        this.ending = ending;
        this.restarts = restarts;
    }

    @Override
    public String stream() {
        return stream.name();
    }

    long resent() {
        return sender == null ? 0 : sender.resent();
    }

    /// The cached units come within the call that subscribes; those that follow come as tasks, behind this one.
    @Override
    public void begin(DtlsServer.Exported keys, String session, String remote, Consumer<byte[]> out) {
        LOG.info("reader joined stream={} session={} transport=webrtc remote={}", stream.name(), session, remote);
        socket = out;
        receiver = new SrtcpReceiver(keys.clientKey(), keys.clientSalt());
        var begun = new VideoSender(
                packetizer,
                new SrtpSender(keys.serverKey(), keys.serverSalt()),
                offer.format().payloadType(),
                offer.playoutDelay(),
                budget,
                out);
        sender = begun;
        var cached = new ArrayList<AccessUnit>();
        beginning = cached;
        stream.subscribe(this);
        beginning = null;
        begun.catchUp(List.copyOf(cached));
        flush();
        report(System.nanoTime());
    }

    /// Called by the publisher's thread, which may be this event loop, too; while it joins, on its own.
    @Override
    public void accept(AccessUnit unit) {
        if (loop.inEventLoop() && beginning != null) {
            beginning.add(unit);
        } else if (pendingUnits.get() > MAX_PENDING_UNITS) {
            execute(() -> Optional.ofNullable(sender).ifPresent(VideoSender::missed));
        } else {
            pendingUnits.incrementAndGet();
            execute(() -> {
                pendingUnits.decrementAndGet();
                send(unit);
            });
        }
    }

    /// Called by the publisher's thread.
    @Override
    public void ended() {
        execute(() -> ending.accept("the stream has ended"));
    }

    @Override
    public boolean rtp(byte[] datagram, long nowNanos) {
        return false;
    }

    @Override
    public boolean rtcp(byte[] datagram, long nowNanos) {
        var clear = Optional.ofNullable(receiver).flatMap(each -> each.unprotect(datagram));
        clear.map(RtcpFeedback::read).ifPresent(feedback -> react(feedback, nowNanos));
        return clear.isPresent();
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - reportedNanos > REPORT_NANOS) {
            report(nowNanos);
        }
    }

    @Override
    public void end(String session, String reason) {
        ended = true;
        stream.unsubscribe(this);
        if (sender != null) {
            LOG.info("reader left stream={} session={} cause={}", stream.name(), session, reason);
            sender.close();
        }
    }

    private void send(AccessUnit unit) {
        if (!ended && sender != null) {
            sender.send(unit);
            flush();
        }
    }

    private void react(RtcpFeedback feedback, long nowNanos) {
        if (sender == null) {
            return;
        }
        feedback.lost().forEach(sender::resend);
        if (feedback.wantsIdr() && nowNanos - restartedNanos > MIN_RESTART_NANOS) {
            restartedNanos = nowNanos;
            restarts.increment();
            sender.restart(stream.cachedGroup());
            flush();
        }
    }

    private void flush() {
        if (sender != null && !ended && !flushScheduled && sender.flush()) {
            flushScheduled = true;
            var _ = loop.schedule(this::flushMore, 1, TimeUnit.MILLISECONDS);
        }
    }

    private void flushMore() {
        flushScheduled = false;
        flush();
    }

    private void report(long nowNanos) {
        byte[] report = sender == null ? null : sender.report();
        if (report != null) {
            reportedNanos = nowNanos;
            socket.accept(report);
        }
    }

    private void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            LOG.debug("reader is over with its server stream={}", stream.name());
        }
    }
}
