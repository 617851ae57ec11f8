package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as they stand on the wire: clients of a library do not let their user write a `Host`.
final class RequestGateTest {

    private static final String OWN = "Host: 127.0.0.1:5001|";
    private static final String EMPTY = "|Content-Length: 0";
    private static final String OF_JSON = "|Content-Type: application/json|Content-Length: 2";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger passed = new AtomicInteger();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        var gate = new RequestGate(Optional.of(List.of("aerie.example.org")));
        var router = Router.router(vertx);
        router.route().handler(gate::filter);
        router.route().handler(context -> {
            passed.incrementAndGet();
            var _ = context.response().end("served");
        });
        port = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: 10.0.0.7:5001", "Host: ingest-server:5001", "Host: aerie.example.org", "Accept: */*"})
    void get_underAKnownNameOrNone_passesWithTheHeadersOfThePage(String headers) throws IOException {
        // HTTP/1.0 may leave Host out, as probes do.
        String answer = answerTo("GET / HTTP/1.0|" + headers);
        assertThat(answer).contains(" 200 ", "served");
        assertThat(answer)
                .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
                .containsIgnoringCase("\r\nX-Frame-Options: DENY\r\n")
                .containsIgnoringCase("\r\nContent-Security-Policy: default-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(passed).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example:5001",
                "Host: 127.0.0.1|Host: evil.example",
                "Host: evil.example|Origin: http://evil.example",
                "Host:",
            })
    void get_underAnotherName_is421WithAProblemAndGoesNoFurther(String headers) throws IOException {
        String answer = answerTo("GET /api/streams HTTP/1.1|Connection: close|" + headers);
        assertThat(answer).startsWith("HTTP/1.1 421").contains("application/problem+json", "AERIE_HOSTS", "nosniff");
        assertThat(passed).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: http://127.0.0.1:8080",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://127.0.0.1:5001|Sec-Fetch-Site: cross-site",
            })
    void change_ofAPageOfAnotherSite_is403(String headers) throws IOException {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "MADE-UP")) {
            assertThat(answerTo(method + " /stop HTTP/1.1|Connection: close|" + OWN + headers + EMPTY))
                    .as(method)
                    .startsWith("HTTP/1.1 403")
                    .contains("application/problem+json");
        }
        assertThat(passed).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://127.0.0.1:5001",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "User-Agent: curl",
    })
    void change_ofTheOwnPageOrOfAProgram_passes(String headers) throws IOException {
        for (String body : List.of(EMPTY, OF_JSON + "||{}", "")) {
            assertThat(answerTo("POST /stop HTTP/1.1|Connection: close|" + OWN + headers + body))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void get_ofAPageOfAnotherSite_passes() throws IOException {
        assertThat(answerTo("GET / HTTP/1.1|Connection: close|" + OWN + "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain|Content-Length: 2||{}",
                "Content-Type: application/x-www-form-urlencoded|Content-Length: 2||{}",
                "Content-Type: multipart/form-data; boundary=x|Content-Length: 2||{}",
                "Content-Type: text/plain;a=application/json|Content-Length: 2||{}",
                "Content-Type: application/jsonp|Content-Length: 2||{}",
                "Content-Length: 2||{}",
                "Transfer-Encoding: chunked||2|{}|0||",
            })
    void change_bodyThatIsNotSaidToBeJson_is415(String headersAndBody) throws IOException {
        assertThat(answerTo("POST /api/streams HTTP/1.1|Connection: close|" + OWN + headersAndBody))
                .startsWith("HTTP/1.1 415");
        assertThat(passed).hasValue(0);
    }

    /// - `request`: its lines, with `|` for each end
    private String answerTo(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String end = request.contains("||") ? "" : "||";
            socket.getOutputStream().write((request + end).replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
