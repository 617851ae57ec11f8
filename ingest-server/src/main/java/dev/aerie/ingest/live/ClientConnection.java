package dev.aerie.ingest.live;

import java.util.concurrent.CompletionStage;

/// One client's connection, as far as senders need it. Thread-safe; never blocks.
interface ClientConnection {

    /// Sends behind everything sent before; completes when the bytes have left this process, so that a client that
    /// reads slowly completes slowly.
    CompletionStage<Void> send(WebSocketMessage webSocketMessage);

    /// Ends the connection; `reason` for the client, in a few words.
    void close(String reason);
}
