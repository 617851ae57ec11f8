package dev.aerie.ingest.push;

import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/// The clients of one WebSocket endpoint that pushes video. A connection's calls come from its own event loop, in
/// order.
interface PushClients {

    /// Opens the stream for this client, or closes the connection with the reason; an empty name stands for the
    /// default stream.
    Uni<Void> open(WebSocketConnection connection, String stream);

    Uni<Void> binary(WebSocketConnection connection, Buffer message);

    Uni<Void> text(WebSocketConnection connection, String message);

    default void pong(WebSocketConnection connection, Buffer payload) {}

    void close(WebSocketConnection connection);

    /// Ends this client's stream and its connection: one that stayed open would send to nobody.
    Uni<Void> failed(WebSocketConnection connection, Throwable cause);
}
