package dev.aerie.ingest.live;

import dev.aerie.ingest.relay.Relay;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.websockets.next.WebSocket;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.LongAdder;

/// `WS /ws/live/{stream}`: a stream's video for browsers; `?format=fmp4` for Media Source Extensions. A slash in the
/// stream's name is percent-encoded: `/ws/live/drone%2Foverlay`. The messages are in `docs/dashboard.md`.
@WebSocket(path = "/ws/live/{stream}")
public final class LiveSocket extends StreamSocket<Viewer> {

    private static final long JOIN_EVERY_MILLIS = 200;

    private final Relay relay;
    private final LongAdder droppedByClosed = new LongAdder();

    LiveSocket(Relay relay, Vertx vertx, MeterRegistry metrics) {
        this.relay = relay;
        FunctionCounter.builder("aerie.live.dropped", this, LiveSocket::dropped)
                .description("Frames dropped for browsers that read too slowly")
                .register(metrics);
        vertx.setPeriodic(JOIN_EVERY_MILLIS, _ -> clients().forEach(Viewer::joinIfLive));
    }

    @Override
    Viewer create(String stream, String query, ClientConnection connection) {
        var format = query.contains("format=fmp4") ? new Fmp4Format(stream) : new AnnexBFormat(stream);
        return new Viewer(stream, relay, connection, format);
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

    private double dropped() {
        return droppedByClosed.sum()
                + clients().stream().mapToLong(Viewer::dropped).sum();
    }
}
