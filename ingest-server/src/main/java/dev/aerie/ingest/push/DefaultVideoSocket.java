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

/// `WS /ws/video`, the stream that `STREAM_NAME` says: H.264 in Annex-B chunks, with text beside it; see
/// `docs/ingest.md`.
@WebSocket(path = "/ws/video")
final class DefaultVideoSocket {

    private final VideoIngest ingest;

    DefaultVideoSocket(VideoIngest ingest) {
        this.ingest = ingest;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return ingest.openDefault(connection);
    }

    @OnBinaryMessage
    Uni<Void> chunk(Buffer chunk, WebSocketConnection connection) {
        return ingest.chunk(connection, chunk);
    }

    @OnTextMessage
    Uni<Void> text(String text, WebSocketConnection connection) {
        return ingest.text(connection, text);
    }

    @OnPongMessage
    @NonBlocking
    void pong(Buffer payload, WebSocketConnection connection) {
        ingest.pong(connection, payload);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        ingest.close(connection, "the client has gone");
    }

    /// A broken connection is weather; anything else is a fault of ours. The client comes back.
    @OnError
    Uni<Void> failed(Throwable cause, WebSocketConnection connection) {
        return ingest.failed(connection, cause);
    }
}
