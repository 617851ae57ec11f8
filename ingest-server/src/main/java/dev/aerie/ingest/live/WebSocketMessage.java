package dev.aerie.ingest.live;

import java.nio.ByteBuffer;

/// One WebSocket message to a client.
sealed interface WebSocketMessage {

    record Text(String json) implements WebSocketMessage {}

    /// From position to limit; whoever makes one gives the bytes away.
    record Binary(ByteBuffer bytes) implements WebSocketMessage {}
}
