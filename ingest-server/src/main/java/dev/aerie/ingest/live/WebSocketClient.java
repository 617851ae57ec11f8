package dev.aerie.ingest.live;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A [ClientConnection] over one WebSocket.
record WebSocketClient(WebSocketConnection connection) implements ClientConnection {

    private static final int TRY_AGAIN_LATER = 1013;

    @Override
    public CompletionStage<Void> send(WebSocketMessage webSocketMessage) {
        if (connection.isClosed()) {
            return CompletableFuture.failedStage(new ClosedChannelException());
        }
        return switch (webSocketMessage) {
            case WebSocketMessage.Text(var json) -> connection.sendText(json).subscribeAsCompletionStage();
            case WebSocketMessage.Binary(var bytes) ->
                connection
                        .sendBinary(Buffer.buffer(bytes.remaining()).setBytes(0, bytes))
                        .subscribeAsCompletionStage();
        };
    }

    @Override
    public void close(String reason) {
        if (connection.isClosed()) {
            return;
        }
        connection.close(new CloseReason(TRY_AGAIN_LATER, reason)).subscribe().with(_ -> {}, _ -> {});
    }
}
