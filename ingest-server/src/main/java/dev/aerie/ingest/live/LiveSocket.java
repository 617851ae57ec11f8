package dev.aerie.ingest.live;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.messages.FrameId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// `WS /ws/live/{stream}`: a stream's video for browsers; `?format=fmp4` for Media Source Extensions. A stream's
/// name is percent-encoded where it has a slash: `/ws/live/drone%2Foverlay`. The messages are in
/// `docs/dashboard.md`.
@WebSocket(path = "/ws/live/{stream}")
public final class LiveSocket {

    private static final int POLICY_VIOLATION = 1008;
    private static final long JOIN_EVERY_MILLIS = 200;

    private final Relay relay;
    private final ConcurrentHashMap<String, Viewer> viewers = new ConcurrentHashMap<>();
    private final LongAdder droppedByGone = new LongAdder();

    LiveSocket(Relay relay, Vertx vertx, MeterRegistry metrics) {
        this.relay = relay;
        FunctionCounter.builder("aerie.live.dropped", this, LiveSocket::dropped)
                .description("Frames left out for browsers that read too slowly")
                .register(metrics);
        vertx.setPeriodic(JOIN_EVERY_MILLIS, _ -> viewers.values().forEach(Viewer::joinIfLive));
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        String stream = connection.pathParam("stream");
        if (!FrameId.isStreamName(stream)) {
            return connection.close(new CloseReason(POLICY_VIOLATION, "no stream can have this name"));
        }
        var viewer = new Viewer(stream, relay, new WebSocketClient(connection), format(stream, connection));
        viewers.put(connection.id(), viewer);
        viewer.start();
        return Uni.createFrom().voidItem();
    }

    @OnClose
    void close(WebSocketConnection connection) {
        var viewer = viewers.remove(connection.id());
        if (viewer != null) {
            viewer.close();
            droppedByGone.add(viewer.dropped());
        }
    }

    /// A connection that broke, or on which something was thrown, is closed, and the browser comes back.
    @OnError
    void failed(WebSocketConnection connection, Throwable cause) {
        close(connection);
        new WebSocketClient(connection).close("internal error");
    }

    private double dropped() {
        return droppedByGone.sum()
                + viewers.values().stream().mapToLong(Viewer::dropped).sum();
    }

    private static LiveFormat format(String stream, WebSocketConnection connection) {
        String query = connection.handshakeRequest().query();
        boolean fragments = query != null && query.contains("format=fmp4");
        return fragments ? new Fmp4Format(stream) : new AnnexBFormat(stream);
    }
}
