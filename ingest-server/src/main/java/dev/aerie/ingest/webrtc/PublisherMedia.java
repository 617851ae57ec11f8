package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.Publication;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The media of a browser or an encoder that publishes one stream. Lives on one event loop.
final class PublisherMedia implements SessionMedia {

    private static final Logger LOG = LoggerFactory.getLogger(PublisherMedia.class);
    private static final long POLL_MILLIS = 20;

    private final Publication publication;
    private final OfferedFormat format;
    private final int ssrc;
    private final ByteBudget budget;
    private final EventLoop loop;
    private final Consumer<String> ending;
    private final LongSupplier unixNanos;
    private @Nullable VideoReceiver receiver;
    private boolean pollScheduled;
    private boolean ended;

    /// - `ssrc`: by which this end reports
    /// - `budget`: of all sessions
    /// - `ending`: ends the session, for a reason; on the event loop
    /// - `unixNanos`: the clock that stamps arrivals
    PublisherMedia(
            Publication publication,
            OfferedFormat format,
            int ssrc,
            ByteBudget budget,
            EventLoop loop,
            Consumer<String> ending,
            LongSupplier unixNanos) {
        this.publication = publication;
        this.format = format;
        this.ssrc = ssrc;
        this.budget = budget;
        this.loop = loop;
        this.ending = ending;
        this.unixNanos = unixNanos;
    }

    @Override
    public String stream() {
        return publication.stream();
    }

    /// Packets that were asked for again.
    long asked() {
        return receiver == null ? 0 : receiver.asked();
    }

    /// IDR frames that were asked for.
    long idrsAsked() {
        return receiver == null ? 0 : receiver.idrsAsked();
    }

    @Override
    public void begin(DtlsServer.Exported keys, String session, String remote, Consumer<byte[]> socket) {
        LOG.info("publisher began stream={} session={} transport=webrtc remote={}", stream(), session, remote);
        receiver = new VideoReceiver(stream(), format, keys, ssrc, budget, socket, System.nanoTime());
    }

    @Override
    public boolean rtp(byte[] datagram, long nowNanos) {
        var from = receiver;
        if (from == null || ended) {
            return false;
        }
        try {
            var units = from.rtp(datagram, nowNanos);
            publish(from, units.orElse(List.of()));
            return units.isPresent();
        } catch (MalformedVideoException e) {
            ending.accept("malformed video: " + e.getMessage());
            return true;
        }
    }

    @Override
    public boolean rtcp(byte[] datagram, long nowNanos) {
        var from = receiver;
        if (from == null || !from.rtcp(datagram, nowNanos)) {
            return false;
        }
        if (from.saidGoodbye()) {
            ending.accept("the publisher said goodbye");
        }
        return true;
    }

    @Override
    public void tick(long nowNanos) {
        if (receiver != null) {
            receiver.report(nowNanos);
        }
    }

    @Override
    public void end(String session, String reason) {
        ended = true;
        LOG.info("publisher ended stream={} session={} cause={}", stream(), session, reason);
        if (receiver != null) {
            receiver.close();
        }
        publication.end(reason);
    }

    private void publish(VideoReceiver from, List<AccessUnit> units) {
        for (AccessUnit unit : units) {
            var captured = CaptureTime.ofReport(from.captureTimeNanos(unit), unixNanos.getAsLong());
            if (!publication.publish(unit, captured)) {
                ending.accept("the stream was taken away");
                return;
            }
        }
        if (!pollScheduled && from.isWaiting()) {
            pollScheduled = true;
            var _ = loop.schedule(this::poll, POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        pollScheduled = false;
        var from = receiver;
        if (from == null || ended) {
            return;
        }
        try {
            publish(from, from.poll(System.nanoTime()));
        } catch (MalformedVideoException e) {
            ending.accept("malformed video: " + e.getMessage());
        }
    }
}
