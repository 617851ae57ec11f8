package dev.aerie.ingest.push;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/// `WS /ws/replay/{stream}`: a recording is shown again under its old identities; see `docs/ingest.md`.
@WebSocket(path = "/ws/replay/{stream}")
final class ReplaySocket {

    private final ReplayClients clients;

    ReplaySocket(ReplayClients clients) {
        this.clients = clients;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return clients.open(connection, connection.pathParam("stream"));
    }

    @OnBinaryMessage
    Uni<Void> frame(Buffer message, WebSocketConnection connection) {
        return clients.frame(connection, message);
    }

    @OnTextMessage
    Uni<Void> measured(String text, WebSocketConnection connection) {
        return clients.measurement(connection, text);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        clients.close(connection, "the replay is over");
    }

    /// A broken connection is weather; anything else is a fault of ours. The client comes back.
    @OnError
    Uni<Void> failed(Throwable cause, WebSocketConnection connection) {
        return clients.failed(connection, cause);
    }
}
