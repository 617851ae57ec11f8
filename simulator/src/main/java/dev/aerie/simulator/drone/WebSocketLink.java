package dev.aerie.simulator.drone;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.auth.AuthorizationHeader;
import java.io.IOException;
import java.io.InterruptedIOException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open WebSocket: a send waits until the message was written, and every wait is bounded.
final class WebSocketLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketLink.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WebSocket socket;
    private final CompletableFuture<String> ended;

    private WebSocketLink(WebSocket socket, CompletableFuture<String> ended) {
        this.socket = socket;
        this.ended = ended;
    }

    /// Throws [IOException] if nobody answers or the upgrade is refused.
    @MustBeClosed
    static WebSocketLink open(HttpClient client, URI uri, Optional<String> credentials) throws IOException {
        var ended = new CompletableFuture<String>();
        var builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        credentials.ifPresent(secret -> builder.header("Authorization", AuthorizationHeader.basic(secret)));
        return new WebSocketLink(await(builder.buildAsync(uri, new Ears(ended))), ended);
    }

    void send(String text) throws IOException {
        requireOpen();
        await(socket.sendText(text, true));
    }

    /// Sends the rest of a buffer as one binary message.
    void send(ByteBuffer bytes) throws IOException {
        requireOpen();
        await(socket.sendBinary(bytes, true));
    }

    private void requireOpen() throws IOException {
        if (ended.isDone()) {
            throw new IOException(ended.getNow("closed"));
        }
    }

    /// Closes the connection, with a close frame if it is still open.
    @Override
    public void close() {
        try {
            if (!socket.isOutputClosed()) {
                await(socket.sendClose(WebSocket.NORMAL_CLOSURE, "landed"));
                ended.get(1, TimeUnit.SECONDS);
            }
        } catch (IOException | ExecutionException | TimeoutException _) {
            // The other side has closed already.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            socket.abort();
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no progress for " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /// Detects the end, and logs the server's error messages.
    private record Ears(CompletableFuture<String> ended) implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            LOG.debug("server message text={}", text);
            socket.request(1);
            return CompletableFuture.completedStage(text);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            socket.request(1);
            return CompletableFuture.completedStage(bytes);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.complete("closed by the server: " + status + " " + reason);
            return CompletableFuture.completedStage(status);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.complete("connection broke: " + error);
        }
    }
}
