package dev.aerie.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// Written out, for no client sends them: the target of a request line is the sender's choice.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/aaaaaaa@127.0.0.1:STRANGER/../archive/api/x",
                "/aaaaaaa@127.0.0.1:STRANGER/../archive/x",
                "http://x@127.0.0.1:STRANGER/archive/api/x",
                "http://127.0.0.1:STRANGER/archive/api/x",
                "/aaaaaaa1/../archive/api/x",
                "/archive/q/metrics",
                "/archive/api",
                "/archive/api/../q/metrics",
                "/archive/api/%2e%2e/q/metrics",
                "/archive/api/..%2fq/metrics",
                "/archive/api/x%2F..%2F..%2Fq/metrics",
                "/archive/api/..%5cq/metrics",
                "/archive/api/x%00",
            })
    void get_targetThatLeavesTheArchive_is400AndNobodyIsAsked(String target) throws Exception {
        var called = new AtomicInteger();
        var stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            called.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        });
        stranger.start();
        try {
            String there = target.replace(
                    "STRANGER", String.valueOf(stranger.getAddress().getPort()));
            assertThat(statusOf("GET " + there, serve(Optional.of(storageUrl()))))
                    .startsWith("HTTP/1.1 400");
            assertThat(called).hasValue(0);
            assertThat(asked).isEmpty();
        } finally {
            stranger.stop(0);
        }
    }

    @Test
    void get_streamWithASlashInItsName_isPassedOnAsItIs() throws Exception {
        var server = serve(Optional.of(storageUrl() + "/base/"));
        client.send(
                get(server, "/archive/api/streams/drone%2Foverlay/timeline?from=1%2F2"),
                HttpResponse.BodyHandlers.discarding());
        assertThat(asked.take().request()).isEqualTo("GET /base/api/streams/drone%2Foverlay/timeline?from=1%2F2");
    }

    @Test
    void trace_isNotAllowed() throws Exception {
        assertThat(statusOf("TRACE /archive/api/x", serve(Optional.of(storageUrl()))))
                .startsWith("HTTP/1.1 405");
        assertThat(asked).isEmpty();
    }

    /// An empty body in pieces would be a body without a content type.
    @Test
    void delete_withoutABody_hasNoneFurtherOn() throws Exception {
        var bodies = new LinkedBlockingQueue<String>();
        storage.createContext("/api/recordings", exchange -> {
            bodies.add(exchange.getRequestHeaders()
                    .getOrDefault("Transfer-Encoding", List.of("none"))
                    .getFirst());
            exchange.sendResponseHeaders(204, -1);
        });
        var request = HttpRequest.newBuilder(serve(Optional.of(storageUrl())).resolve("/archive/api/recordings/x"))
                .DELETE()
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
        assertThat(bodies.take()).isEqualTo("none");
    }

    @Test
    void get_storageThatSendsElsewhere_isNotFollowed() throws Exception {
        storage.createContext("/api/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", storageUrl() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        var answer = client.send(
                get(serve(Optional.of(storageUrl())), "/archive/api/moved"), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(asked).isEmpty();
    }

    /// The first line of the answer to a request that is written as it is here.
    private static String statusOf(String requestLine, URI server) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((requestLine + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
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
        new ArchiveProxy(url, Optional.empty(), vertx).addTo(router);
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
