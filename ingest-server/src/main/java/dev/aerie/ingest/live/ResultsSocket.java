package dev.aerie.ingest.live;

import dev.aerie.messages.FrameId;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// `WS /ws/results/{stream}`: every result of the fleet for that stream, joined by frame. `?join_ms=0..1000` says how
/// long the first result of a frame waits for the others. The messages are in `docs/dashboard.md`.
@WebSocket(path = "/ws/results/{stream}")
public final class ResultsSocket {

    private static final Duration DEFAULT_JOIN = Duration.ofMillis(50);
    private static final int MAX_JOIN_MILLIS = 1_000;
    private static final Pattern JOIN = Pattern.compile("(?:^|&)join_ms=(\\d{1,4})(?:&|$)");
    private static final int POLICY_VIOLATION = 1008;

    private final ResultHub hub;
    private final ConcurrentHashMap<String, ResultSubscription> subscriptions = new ConcurrentHashMap<>();

    ResultsSocket(ResultHub hub) {
        this.hub = hub;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        String stream = connection.pathParam("stream");
        if (!FrameId.isStreamName(stream)) {
            return connection.close(new CloseReason(POLICY_VIOLATION, "no stream can have this name"));
        }
        var join = joinWindow(connection.handshakeRequest().query());
        var subscription = new ResultSubscription(stream, join, new WebSocketClient(connection));
        subscriptions.put(connection.id(), subscription);
        hub.add(subscription);
        return Uni.createFrom().voidItem();
    }

    @OnClose
    void close(WebSocketConnection connection) {
        var subscription = subscriptions.remove(connection.id());
        if (subscription != null) {
            hub.remove(subscription);
        }
    }

    /// A connection that broke, or on which something was thrown, is closed, and the client comes back.
    @OnError
    void failed(WebSocketConnection connection, Throwable cause) {
        close(connection);
        new WebSocketClient(connection).close("internal error");
    }

    static Duration joinWindow(String query) {
        var join = JOIN.matcher(query == null ? "" : query);
        return join.find()
                ? Duration.ofMillis(Math.min(Integer.parseInt(join.group(1)), MAX_JOIN_MILLIS))
                : DEFAULT_JOIN;
    }
}
