package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that are slow on purpose.
final class RequestLimitsTest {

    private static final String SLOW_BODY = "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{";

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var client : clients) {
            client.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void requests_beyondThoseOfAnAddress_areRefused_healthIsAnswered() throws Exception {
        var limits = new RequestLimits(new HttpLimits(100, 3, 100, Duration.ofSeconds(60)));
        int port = serve(limits);
        for (int i = 0; i < 3; i++) {
            send(port, SLOW_BODY);
        }
        Eventually.holds("three under way", () -> limits.underWay() == 3);

        assertThat(answerTo(port, "GET /fast HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("retry-after: 1")
                .contains("application/problem+json");
        assertThat(answerTo(port, SLOW_BODY)).startsWith("HTTP/1.1 503");
        for (String path : List.of("/q/health/live", "/health")) {
            assertThat(answerTo(port, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void requests_whoseClientsHaveGone_giveTheirPlacesBack() throws Exception {
        var limits = new RequestLimits(new HttpLimits(3, 3, 100, Duration.ofSeconds(60)));
        int port = serve(limits);
        for (int i = 0; i < 3; i++) {
            send(port, SLOW_BODY);
        }
        Eventually.holds("three under way", () -> limits.underWay() == 3);
        for (var client : clients) {
            client.close();
        }
        Eventually.holds("none under way", () -> limits.underWay() == 0);
        assertThat(answerTo(port, "GET /fast HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        Eventually.holds("none under way", () -> limits.underWay() == 0);
    }

    @Test
    void body_thatDoesNotCome_closesItsConnection() throws Exception {
        var limits = new RequestLimits(new HttpLimits(3, 3, 100, Duration.ofMillis(50)));
        int port = serve(limits);
        assertThat(answerTo(port, SLOW_BODY)).isEmpty();
        assertThat(answerTo(port, "POST /slow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"))
                .isEmpty();
        Eventually.holds("none under way", () -> limits.underWay() == 0);
    }

    @Test
    void head_thatDoesNotComeWhole_closesItsConnectionAlsoAfterAnAnswer() throws Exception {
        HeadDeadline.install(Duration.ofMillis(50));
        int port = serve(new RequestLimits(new HttpLimits(3, 3, 100, Duration.ofSeconds(60))));
        assertThat(answerTo(port, "")).isEmpty();
        assertThat(answerTo(port, "GET /fast HTTP/1.1\r\nHost:")).isEmpty();
        var client = send(port, "GET /fast HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = client.getInputStream().readNBytes("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nserved".length());
        assertThat(new String(answer, StandardCharsets.UTF_8)).endsWith("served");
        client.getOutputStream().write("GET /fa".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void connections_beyondThoseOfAnAddress_areClosedAsTheyAreAccepted() throws Exception {
        HeadDeadline.install(Duration.ofSeconds(60));
        ConnectionLimit.install(3);
        try {
            int port = serve(new RequestLimits(new HttpLimits(100, 100, 100, Duration.ofSeconds(60))));
            for (int i = 0; i < 3; i++) {
                send(port, "");
            }
            Eventually.holds("three open", () -> ConnectionLimit.open() == 3);
            assertThat(send(port, "").getInputStream().read()).isEqualTo(-1);
            assertThat(ConnectionLimit.open()).isEqualTo(3);

            clients.getFirst().close();
            Eventually.holds("two open", () -> ConnectionLimit.open() == 2);
            assertThat(answerTo(port, "GET /fast HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        } finally {
            ConnectionLimit.install(Integer.MAX_VALUE);
        }
    }

    @Test
    void players_haveTheirOwnPlaces() throws Exception {
        var limits = new RequestLimits(new HttpLimits(1, 1, 100, Duration.ofSeconds(60)));
        int port = serve(limits);
        for (int i = 0; i < 4; i++) {
            send(port, SLOW_BODY.replace("/slow", "/hls/drone/index.m3u8"));
        }
        send(port, SLOW_BODY);
        Eventually.holds("one under way", () -> limits.underWay() == 1);
        assertThat(answerTo(port, SLOW_BODY.replace("/slow", "/hls/drone/index.m3u8")))
                .startsWith("HTTP/1.1 503");
    }

    /// An upgrade that is none is a request as others are.
    @Test
    void requests_thatOnlyLookLikeWebSockets_areCounted() throws Exception {
        var limits = new RequestLimits(new HttpLimits(1, 1, 100, Duration.ofSeconds(60)));
        int port = serve(limits);
        send(port, SLOW_BODY.replace("Host: x", "Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade"));
        Eventually.holds("under way", () -> limits.underWay() == 1);
        assertThat(answerTo(port, SLOW_BODY)).startsWith("HTTP/1.1 503");
    }

    private int serve(RequestLimits limits) throws Exception {
        var router = Router.router(vertx);
        router.route().handler(limits::filter);
        router.route()
                .handler(context -> context.request()
                        .body()
                        .onSuccess(_ -> context.response().end("served")));
        return vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    private Socket send(int port, String request) throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), port);
        clients.add(client);
        client.setSoTimeout(20_000);
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private String answerTo(int port, String request) throws IOException {
        return new String(send(port, request).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
