package dev.aerie.messages.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Answers as go2rtc 1.9.9 was seen to answer, its oddities included.
public final class FakeGo2rtc implements AutoCloseable {

    public final Map<String, List<String>> streams = new ConcurrentHashMap<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /// How many probes a source takes to connect.
    public volatile int probesUntilConnected = 2;

    /// Where it says that its RTSP server listens.
    public volatile String rtspListen = ":8554";

    private final HttpServer server;
    private final Map<String, Integer> probes = new ConcurrentHashMap<>();

    public FakeGo2rtc() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/streams", this::answer);
        server.createContext(
                "/api",
                exchange -> send(
                        exchange,
                        200,
                        "{\"config_path\":\"/config/go2rtc.yaml\",\"rtsp\":{\"listen\":\"" + rtspListen
                                + "\",\"default_query\":\"video&audio\"},\"version\":\"1.9.9\"}"));
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var query = query(exchange.getRequestURI());
        requests.add(exchange.getRequestMethod() + " " + query);
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, query);
            case "PUT" -> put(exchange, query);
            case "DELETE" -> delete(exchange, query);
            default -> send(exchange, 400, body.length == 0 ? "" : "unable");
        }
    }

    private void get(HttpExchange exchange, Map<String, List<String>> query) throws IOException {
        if (!query.containsKey("src")) {
            send(
                    exchange,
                    200,
                    streams.keySet().stream()
                            .sorted()
                            .map(name -> "\"" + name + "\":" + json(name))
                            .collect(Collectors.joining(",", "{", "}")));
            return;
        }
        String name = query.get("src").getFirst();
        if (!streams.containsKey(name)) {
            send(exchange, 404, "");
        } else if (query.containsKey("video") && probes.merge(name, 1, Integer::sum) < probesUntilConnected) {
            send(exchange, 500, "streams: dial tcp: connection refused");
        } else {
            send(exchange, 200, json(name));
        }
    }

    /// A body is taken and ignored; only the query adds.
    private void put(HttpExchange exchange, Map<String, List<String>> query) throws IOException {
        if (query.containsKey("name") && query.containsKey("src")) {
            streams.put(query.get("name").getFirst(), query.get("src"));
        }
        send(exchange, 200, "");
    }

    private void delete(HttpExchange exchange, Map<String, List<String>> query) throws IOException {
        query.getOrDefault("src", List.of()).forEach(streams::remove);
        send(exchange, 200, "");
    }

    private String json(String name) {
        boolean connected = probes.getOrDefault(name, 0) >= probesUntilConnected;
        String active = connected ? ",\"format_name\":\"rtsp\",\"medias\":[\"video, recvonly, H264\"]" : "";
        return "{\"producers\":"
                + streams.get(name).stream()
                        .map(url -> "{\"url\":\"" + url + "\"" + active + "}")
                        .collect(Collectors.joining(",", "[", "]"))
                + ",\"consumers\":null}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, List<String>> query(URI uri) {
        var query = new TreeMap<String, List<String>>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.computeIfAbsent(parts[0], _ -> new CopyOnWriteArrayList<>())
                        .add(URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
