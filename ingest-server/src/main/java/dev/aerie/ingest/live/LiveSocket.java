package dev.aerie.ingest.live;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.transcode.BrowserStreams;
import dev.aerie.threads.BackgroundTasks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.websockets.next.WebSocket;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.atomic.LongAdder;

/// `WS /ws/live/{stream}`: a stream's video for browsers; `?format=fmp4` for Media Source Extensions,
/// `?decodes=h265` for browsers that decode H.265, without which it comes as H.264. A slash in the stream's name is
/// percent-encoded: `/ws/live/drone%2Foverlay`. The messages are in `docs/dashboard.md`.
@WebSocket(path = "/ws/live/{stream}")
public final class LiveSocket extends StreamSocket<Viewer> {

    private static final long JOIN_EVERY_MILLIS = 200;

    private final Relay relay;
    private final BrowserStreams browserStreams;
    private final LongAdder droppedByClosed = new LongAdder();

    /// Of all viewers: none of them slows a publisher down, nor the event loops of others.
    private final BackgroundTasks encoder = new BackgroundTasks("live-viewers");

    LiveSocket(Relay relay, BrowserStreams browserStreams, Vertx vertx, MeterRegistry metrics) {
        this.relay = relay;
        this.browserStreams = browserStreams;
        FunctionCounter.builder("aerie.live.dropped", this, LiveSocket::dropped)
                .description("Frames dropped for browsers that read too slowly")
                .register(metrics);
        vertx.setPeriodic(JOIN_EVERY_MILLIS, _ -> clients().forEach(Viewer::joinIfLive));
    }

    @Override
    Viewer create(String stream, String query, ClientConnection connection) {
        var format = query.contains("format=fmp4") ? new Fmp4Format(stream) : new AnnexBFormat(stream);
        boolean decodesAll = query.contains("decodes=h265");
        return new Viewer(
                stream, decodesAll ? this::relayed : browserStreams::find, connection, format, encoder::execute);
    }

    @Override
    void start(Viewer viewer) {
        viewer.start();
    }

    @Override
    void stop(Viewer viewer) {
        viewer.close();
        droppedByClosed.add(viewer.dropped());
    }

    private BrowserStreams.Found relayed(String stream) {
        return relay.find(stream)
                .<BrowserStreams.Found>map(BrowserStreams.Found.Live::new)
                .orElseGet(BrowserStreams.Found.NotLive::new);
    }

    @PreDestroy
    void closeEncoder() {
        encoder.close();
    }

    private double dropped() {
        return droppedByClosed.sum()
                + clients().stream().mapToLong(Viewer::dropped).sum();
    }
}
