package dev.aerie.ingest.push;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/// `WS /ws/video/{stream}`: H.264 in Annex-B chunks, with text beside it; see `docs/ingest.md`.
@WebSocket(path = "/ws/video/{stream}")
final class VideoSocket {

    private final VideoClients clients;

    VideoSocket(VideoClients clients) {
        this.clients = clients;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return clients.open(connection, connection.pathParam("stream"));
    }

    @OnBinaryMessage
    Uni<Void> chunk(Buffer chunk, WebSocketConnection connection) {
        return clients.chunk(connection, chunk);
    }

    @OnTextMessage
    Uni<Void> text(String text, WebSocketConnection connection) {
        return clients.text(connection, text);
    }

    @OnPongMessage
    @NonBlocking
    void pong(Buffer payload, WebSocketConnection connection) {
        clients.pong(connection, payload);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        clients.close(connection, "the client has gone");
    }

    /// A broken connection is weather; anything else is a fault of ours. The client comes back.
    @OnError
    Uni<Void> failed(Throwable cause, WebSocketConnection connection) {
        return clients.failed(connection, cause);
    }
}
