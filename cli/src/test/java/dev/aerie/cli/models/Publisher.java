package dev.aerie.cli.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A publisher of one file, on the loopback interface, that serves ranges and can drop a connection.
public final class Publisher implements AutoCloseable {

    private static final int NEVER = -1;

    private final HttpServer server;
    private final byte[] file;
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final AtomicInteger dropAfter = new AtomicInteger(NEVER);

    public Publisher(byte[] file) throws IOException {
        this.file = file;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", this::serve);
        server.start();
    }

    Publisher droppingOnceAfter(int bytes) {
        dropAfter.set(bytes);
        return this;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/file";
    }

    /// What was asked for, request by request; empty for all of it.
    public List<String> ranges() {
        return ranges;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/file")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "" : range);
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (range != null) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - from);
            int drop = dropAfter.getAndSet(NEVER);
            exchange.getResponseBody().write(file, from, (drop == NEVER ? file.length : drop) - from);
        }
    }
}
