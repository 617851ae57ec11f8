package dev.aerie.ptz.device;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// The HTTP server below a protocol: one thread per request, so that one that hangs holds up no other.
///
/// Owns its port and its threads until [#close].
public final class DeviceHttp implements AutoCloseable {

    private static final int MAX_REQUEST_BYTES = 1 << 18;

    private final HttpServer server;

    private DeviceHttp(HttpServer server) {
        this.server = server;
    }

    /// Begins to serve.
    ///
    /// - `kind`: what its threads are called
    public static DeviceHttp start(String kind, DeviceServerConfig config, HttpHandler handler) throws IOException {
        var server = HttpServer.create(config.address(), 0);
        server.setExecutor(task -> BackgroundThread.of(
                        kind, Integer.toString(server.getAddress().getPort()), task::run)
                .start());
        var context = server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        context.getFilters().addAll(config.filters());
        server.start();
        return new DeviceHttp(server);
    }

    /// Its address as a client writes it, without a path.
    public URI uri() {
        String host = server.getAddress().getAddress().isLoopbackAddress()
                ? "127.0.0.1"
                : server.getAddress().getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort());
    }

    /// The body of a request; throws [IOException] for one that is longer than 256 KiB.
    public static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
        if (body.length > MAX_REQUEST_BYTES) {
            throw new IOException("a request of more than " + MAX_REQUEST_BYTES + " bytes");
        }
        return body;
    }

    public static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /// Ends at once: a request that is answered just then is cut off.
    @Override
    public void close() {
        server.stop(0);
    }
}
