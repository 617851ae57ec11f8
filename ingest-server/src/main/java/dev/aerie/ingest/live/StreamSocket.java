package dev.aerie.ingest.live;

import dev.aerie.messages.FrameId;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/// A WebSocket endpoint that sends what belongs to one stream; a subclass names the path, which ends in `{stream}`.
///
/// - `C`: what serves one connection until it is closed
abstract class StreamSocket<C> {

    private static final int POLICY_VIOLATION = 1008;

    private final ConcurrentHashMap<String, C> clients = new ConcurrentHashMap<>();

    /// - `query`: of the connection's URL, empty for none
    abstract C create(String stream, String query, ClientConnection connection);

    abstract void start(C client);

    abstract void stop(C client);

    final Collection<C> clients() {
        return clients.values();
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        String stream = connection.pathParam("stream");
        if (!FrameId.isStreamName(stream)) {
            return connection.close(new CloseReason(POLICY_VIOLATION, "not a valid stream name"));
        }
        String query = connection.handshakeRequest().query();
        var client = create(stream, query == null ? "" : query, new WebSocketClient(connection));
        clients.put(connection.id(), client);
        start(client);
        return Uni.createFrom().voidItem();
    }

    @OnClose
    void close(WebSocketConnection connection) {
        var client = clients.remove(connection.id());
        if (client != null) {
            stop(client);
        }
    }

    /// Any failure closes the connection; the client reconnects.
    @OnError
    void failed(WebSocketConnection connection, Throwable cause) {
        close(connection);
        new WebSocketClient(connection).close("internal error");
    }
}
