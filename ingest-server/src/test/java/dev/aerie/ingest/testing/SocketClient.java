package dev.aerie.ingest.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// A WebSocket client of the JDK that keeps what it hears.
public final class SocketClient implements WebSocket.Listener, AutoCloseable {

    private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final HttpClient http;
    private final WebSocket socket;

    /// How the server closed.
    public record Closed(int code, String reason) {}

    public SocketClient(URI uri) {
        this(uri, "");
    }

    /// By `wss`, to a server whose certificate `trust` believes.
    public SocketClient(URI uri, SSLContext trust) {
        this(uri, "", HttpClient.newBuilder().sslContext(trust).build());
    }

    /// `authorization` is the header's value; empty for none.
    public SocketClient(URI uri, String authorization) {
        this(uri, authorization, HttpClient.newHttpClient());
    }

    private SocketClient(URI uri, String authorization, HttpClient http) {
        this.http = http;
        var builder = http.newWebSocketBuilder();
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        socket = builder.buildAsync(uri, this).join();
    }

    public static URI uri(int port, String path) {
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    public void send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    public void send(ByteBuffer bytes) {
        socket.sendBinary(bytes, true).join();
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /// The next text from the server; waits for it.
    public String nextText() {
        try {
            var text = texts.poll(60, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("the server said nothing for 10 s");
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// How the server closed; waits for it.
    public Closed closed() {
        return closed.orTimeout(60, TimeUnit.SECONDS).join();
    }

    public boolean isOpen() {
        return !closed.isDone() && !socket.isOutputClosed();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(new Closed(-1, String.valueOf(error)));
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
