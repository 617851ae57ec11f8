package dev.aerie.ingest.live;

import java.nio.ByteBuffer;

/// One WebSocket message to a client.
sealed interface WebSocketMessage {

    record Text(String json) implements WebSocketMessage {}

    /// From position to limit; takes ownership of the bytes.
    record Binary(ByteBuffer bytes) implements WebSocketMessage {}
}
