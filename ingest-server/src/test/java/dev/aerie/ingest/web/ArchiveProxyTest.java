package dev.aerie.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ArchiveProxyTest {

    private record Asked(String request, String range, String authorization, String cookie, String body) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer storage;

    @BeforeEach
    void startStorage() throws IOException {
        storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        storage.createContext("/", this::answer);
        storage.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        storage.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void get_range_passesBothWaysWithWhatMayPass() throws Exception {
        var request = get(
                serve(Optional.of(storageUrl() + "/")),
                "/archive/api/recordings/01K9/video?from=1&to=2",
                "Range",
                "bytes=2-4",
                "Authorization",
                "Basic b3BzOnNlY3JldA==",
                "Cookie",
                "theme=dark");
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo("cde");
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes 2-4/9");
        assertThat(response.headers().firstValue("Server-Secret")).isEmpty();
        assertThat(asked.take())
                .isEqualTo(new Asked(
                        "GET /api/recordings/01K9/video?from=1&to=2", "bytes=2-4", "Basic b3BzOnNlY3JldA==", "", ""));
    }

    @Test
    void put_body_isHandedOn() throws Exception {
        var request = HttpRequest.newBuilder(serve(Optional.of(storageUrl())).resolve("/archive/api/x/protect"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"protected\":true}"))
                .build();
        client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(asked.take().body()).isEqualTo("{\"protected\":true}");
    }

    @Test
    void get_withoutStorage_isAProblemWithTheReason() throws Exception {
        var unknown =
                client.send(get(serve(Optional.empty()), "/archive/api/streams"), HttpResponse.BodyHandlers.ofString());
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.body()).contains("STORAGE_URL");
        String gone = storageUrl();
        storage.stop(0);
        var away = client.send(
                get(serve(Optional.of(gone)), "/archive/api/streams"), HttpResponse.BodyHandlers.ofString());
        assertThat(away.statusCode()).isEqualTo(502);
        assertThat(away.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        asked.add(new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                headers.getOrDefault("Range", List.of("")).getFirst(),
                headers.getOrDefault("Authorization", List.of("")).getFirst(),
                headers.getOrDefault("Cookie", List.of("")).getFirst(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().add("Content-Range", "bytes 2-4/9");
        exchange.getResponseHeaders().add("Server-Secret", "1");
        exchange.sendResponseHeaders(206, 3);
        try (var body = exchange.getResponseBody()) {
            body.write("cde".getBytes(StandardCharsets.UTF_8));
        }
    }

    private String storageUrl() {
        return "http://127.0.0.1:" + storage.getAddress().getPort();
    }

    private URI serve(Optional<String> url) throws Exception {
        var router = Router.router(vertx);
        new ArchiveProxy(url, vertx).addTo(router);
        var server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(router)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private static HttpRequest get(URI server, String path, String... headers) {
        var request = HttpRequest.newBuilder(server.resolve(path));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
