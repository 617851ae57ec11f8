package dev.aerie.ingest.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A client that remembers what it was sent and reads only when told to.
final class RecordingConnection implements ClientConnection {

    final List<WebSocketMessage> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> unread = new ArrayList<>();
    boolean reading = true;
    boolean closed;

    @Override
    public CompletionStage<Void> send(WebSocketMessage webSocketMessage) {
        sent.add(webSocketMessage);
        var read = new CompletableFuture<Void>();
        if (reading) {
            read.complete(null);
        } else {
            unread.add(read);
        }
        return read;
    }

    @Override
    public void close(String reason) {
        closed = true;
    }

    /// Reads everything that comes, what waits first.
    void readOn() {
        reading = true;
        List.copyOf(unread).forEach(each -> each.complete(null));
    }

    List<String> texts() {
        return sent.stream()
                .filter(WebSocketMessage.Text.class::isInstance)
                .map(each -> ((WebSocketMessage.Text) each).json())
                .toList();
    }

    /// Frame numbers of the Annex-B frames sent, in order.
    List<Long> frameNumbers() {
        return sent.stream()
                .filter(WebSocketMessage.Binary.class::isInstance)
                .map(each -> ((WebSocketMessage.Binary) each).bytes().getLong(18))
                .toList();
    }
}
