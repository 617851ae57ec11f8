package dev.aerie.cli.replay;

import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// WebSocket to the ingest for the replay of a recording. Used by one thread.
final class ReplayConnection implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final WebSocket socket;
    private final Ending ending;

    private ReplayConnection(HttpClient http, WebSocket socket, Ending ending) {
        this.http = http;
        this.socket = socket;
        this.ending = ending;
    }

    /// Throws [IOException] if the ingest cannot be reached or refuses the replay.
    static ReplayConnection open(URI ingest, Optional<String> authorization, String stream) throws IOException {
        var address = URI.create((ingest.getScheme().equals("https") ? "wss" : "ws") + "://" + ingest.getRawAuthority()
                + "/ws/replay/" + stream.replace("/", "%2F"));
        var http = HttpClient.newHttpClient();
        var ending = new Ending();
        var builder = http.newWebSocketBuilder().connectTimeout(LIMIT);
        authorization.ifPresent(value -> builder.header("Authorization", value));
        try {
            return new ReplayConnection(http, await(builder.buildAsync(address, ending)), ending);
        } catch (IOException e) {
            http.close();
            throw new IOException("the ingest refuses the replay: " + e.getMessage(), e);
        }
    }

    void frame(AccessUnit unit) throws IOException {
        var message = ByteBuffer.allocate(Long.BYTES + unit.sizeBytes())
                .putLong(unit.ptsTicks90k())
                .put(unit.annexB())
                .flip();
        requireOpen();
        await(socket.sendBinary(message, true));
    }

    void measured(String json) throws IOException {
        requireOpen();
        await(socket.sendText(json, true));
    }

    /// Ends the stream and waits for the ingest. Throws [IOException] with its reason if it had ended the stream
    /// before.
    void finish() throws IOException {
        requireOpen();
        await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        try {
            ending.cause.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the ingest does not end the replay", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private void requireOpen() throws IOException {
        String cause = ending.cause.getNow(null);
        if (cause != null) {
            throw new IOException("the ingest has ended the replay: " + cause);
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + LIMIT.toSeconds() + " s", e);
        }
    }

    /// Receives the reason why the connection ended.
    private static final class Ending implements WebSocket.Listener {

        private final CompletableFuture<@Nullable String> cause = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket closed, int status, String reason) {
            cause.complete(reason.isEmpty() ? "closed with " + status : reason);
            return null;
        }

        @Override
        public void onError(WebSocket failed, Throwable failure) {
            cause.complete(String.valueOf(failure.getMessage()));
        }
    }
}
