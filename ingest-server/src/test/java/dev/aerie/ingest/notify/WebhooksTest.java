package dev.aerie.ingest.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aerie.ingest.source.SourceHosts;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.threads.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhooksTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_614_265_330));
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BEGAN = "alert.began";

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    private record Received(String id, String time, String signature, String body) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void accept_brokenServer_isAskedAgain_inOrder_eachSigned() {
        answers.addAll(List.of(503, 429, 200, 200));
        try (var webhooks = open("/hook", "127.0.0.0/8")) {
            webhooks.accept(ExampleMessages.alert());
            webhooks.accept(ExampleMessages.alert());
            Eventually.holds("delivered", () -> webhooks.delivered() == 2);
        }

        assertThat(received).hasSize(4);
        assertThat(received.subList(0, 3))
                .extracting(Received::id)
                .containsOnly(received.getFirst().id());
        assertThat(received.getLast().id()).isNotEqualTo(received.getFirst().id());
        var signature = new WebhookSignature(SECRET);
        assertThat(received).allSatisfy(one -> {
            assertThat(one.time()).isEqualTo("1614265330");
            assertThat(one.body()).startsWith("{\"type\":\"" + BEGAN + "\"").contains("\"rule\":\"gate\"");
            assertThat(one.signature())
                    .isEqualTo(signature.of(one.id(), 1_614_265_330, one.body().getBytes(StandardCharsets.UTF_8)));
        });
    }

    @Test
    void accept_refusedOrRedirected_isGivenUpAtOnce() {
        answers.addAll(List.of(400, 302));
        try (var webhooks = open("/hook", "127.0.0.0/8")) {
            webhooks.accept(ExampleMessages.alert());
            webhooks.accept(ExampleMessages.alert());
            Eventually.holds("given up", () -> webhooks.dropped() == 2);
        }
        assertThat(received).hasSize(2);
    }

    @Test
    void accept_hostThatIsNotListed_isNeverAsked() {
        try (var webhooks = open("/hook", "10.0.0.0/8")) {
            webhooks.accept(ExampleMessages.alert());
            Eventually.holds("given up", () -> webhooks.dropped() == 1);
        }
        try (var webhooks = new Webhooks(
                List.of("http://169.254.169.254/latest"),
                Optional.empty(),
                new SourceHosts("WEBHOOK_HOSTS", List.of()),
                CLOCK,
                WebhooksTest::impatient)) {
            webhooks.start();
            webhooks.accept(ExampleMessages.alert());
            Eventually.holds("given up", () -> webhooks.dropped() == 1);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void offer_moreThanMayWait_dropsTheOldest() {
        var webhook = new Webhook(
                URI.create("http://127.0.0.1:1/"),
                Optional.empty(),
                new SourceHosts(List.of()),
                CLOCK,
                WebhooksTest::impatient,
                "full");
        for (int i = 0; i < Webhook.MAX_WAITING + 3; i++) {
            webhook.offer(new EventText(BEGAN, "{}"));
        }
        assertThat(webhook.waiting()).isEqualTo(Webhook.MAX_WAITING);
        assertThat(webhook.dropped()).isEqualTo(3);
    }

    /// The vector was made with the package standardwebhooks 1.1.1 of npm.
    @Test
    void signature_isThatOfStandardWebhooks() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        assertThat(new WebhookSignature(SECRET).of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(Arrays.asList("whsec_", "whsec_%%%", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ="))
                .noneMatch(Webhooks::isSecret);
    }

    private Webhooks open(String path, String hosts) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        var webhooks = new Webhooks(
                List.of(url),
                Optional.of(SECRET),
                new SourceHosts("WEBHOOK_HOSTS", List.of(hosts)),
                CLOCK,
                WebhooksTest::impatient);
        webhooks.start();
        return webhooks;
    }

    private static Backoff impatient() {
        return new Backoff(List.of(Duration.ofMillis(1)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Integer status = answers.poll();
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        exchange.close();
    }
}
