package dev.aerie.ingest.push;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/// A WebSocket endpoint that receives video and passes every callback to its [PushClients]; a subclass names the
/// path.
abstract class PushSocket {

    private final PushClients clients;

    PushSocket(PushClients clients) {
        this.clients = clients;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        String stream = connection.pathParam("stream");
        return clients.open(connection, stream == null ? "" : stream);
    }

    @OnBinaryMessage
    Uni<Void> binary(Buffer message, WebSocketConnection connection) {
        return clients.binary(connection, message);
    }

    @OnTextMessage
    Uni<Void> text(String message, WebSocketConnection connection) {
        return clients.text(connection, message);
    }

    @OnPongMessage
    @NonBlocking
    void pong(Buffer payload, WebSocketConnection connection) {
        clients.pong(connection, payload);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        clients.close(connection);
    }

    /// A broken connection is a transient failure, anything else a bug; the client reconnects after either.
    @OnError
    Uni<Void> failed(Throwable cause, WebSocketConnection connection) {
        return clients.failed(connection, cause);
    }
}
