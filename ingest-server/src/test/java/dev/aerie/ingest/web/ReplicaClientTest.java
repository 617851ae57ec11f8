package dev.aerie.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aerie.auth.AuthorizationHeader;
import dev.aerie.service.web.ProblemException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReplicaClientTest {

    private static final String PATH = "/api/streams/drone/mode";

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void send_twoReplicas_theOneThatWorksOnTheStreamAnswers() throws IOException {
        String idle = urlOf(replica("127.0.0.1", 0, 404));
        String busy = urlOf(replica("127.0.0.1", 0, 200));
        try (var client = new Client(List.of(idle + "/", busy), InetAddress::getAllByName)) {
            var answer = client.send("PUT", PATH, "{}", "Basic b3Bz");
            assertThat(answer.getStatus()).isEqualTo(200);
            assertThat(text(answer)).isEqualTo("from " + busy);
        }
        assertThat(asked).containsExactly(idle + " PUT " + PATH + " Basic b3Bz", busy + " PUT " + PATH + " Basic b3Bz");
    }

    @Test
    void overlay_isAskedOfTheReplicaThatWorksOnTheStream_asTheServerItself() throws IOException {
        String idle = urlOf(replica("127.0.0.1", 0, 404));
        String busy = urlOf(replica("127.0.0.1", 0, 200));
        var user = Optional.of(AuthorizationHeader.bearer("servers-token"));
        try (var both = new FrameProcessorClient(List.of(idle, busy));
                var one = new FrameProcessorClient(List.of(idle))) {
            var commands = new OverlayCommands(both, user);
            assertThat(commands.publish("drone", Duration.ofSeconds(20))).isTrue();
            commands.end("drone");
            assertThat(new OverlayCommands(one, user).publish("drone", Duration.ofSeconds(20)))
                    .isFalse();
        }
        String asks = " /api/streams/drone/overlay Bearer servers-token";
        assertThat(asked)
                .containsExactly(
                        idle + " PUT" + asks,
                        busy + " PUT" + asks,
                        idle + " DELETE" + asks,
                        busy + " DELETE" + asks,
                        idle + " PUT" + asks);
    }

    @Test
    void send_oneHostOfSeveralAddresses_everyOneIsAsked() throws IOException {
        var idle = replica("127.0.0.1", 0, 404);
        var busy = replica("127.0.0.2", idle.getAddress().getPort(), 202);
        String fleet = "http://fleet:" + idle.getAddress().getPort();
        ReplicaClient.Resolver two = host -> {
            assertThat(host).isEqualTo("fleet");
            return new InetAddress[] {
                idle.getAddress().getAddress(), busy.getAddress().getAddress()
            };
        };
        try (var client = new Client(List.of(fleet), two)) {
            assertThat(client.send("POST", PATH, "{}", null).getStatus()).isEqualTo(202);
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void send_oneReplicaIsDown_theOtherOnesAnswerIsReturned() throws IOException {
        var gone = replica("127.0.0.1", 0, 200);
        String away = urlOf(gone);
        gone.stop(0);
        String idle = urlOf(replica("127.0.0.1", 0, 404));
        try (var client = new Client(List.of(away, idle), InetAddress::getAllByName)) {
            assertThat(client.send("PUT", PATH, "{}", null).getStatus()).isEqualTo(404);
        }
    }

    @Test
    void send_noReplicaAnswersOrNoneIsKnown_isReported() throws IOException {
        var gone = replica("127.0.0.1", 0, 200);
        String away = urlOf(gone);
        gone.stop(0);
        try (var client = new Client(List.of(away), InetAddress::getAllByName)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> client.send("PUT", PATH, "{}", null))
                    .withMessageContaining("the frame-processor does not answer");
        }
        try (var client = new Client(List.of(), InetAddress::getAllByName)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> client.send("PUT", PATH, "{}", null))
                    .withMessageContaining("FRAME_PROCESSOR_URL");
        }
    }

    private HttpServer replica(String address, int port, int status) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext("/", exchange -> answer(exchange, server, status));
        server.start();
        servers.add(server);
        return server;
    }

    private void answer(HttpExchange exchange, HttpServer server, int status) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(urlOf(server) + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (authorization == null ? "" : " " + authorization));
        byte[] body = ("from " + urlOf(server)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String urlOf(HttpServer server) {
        var address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String text(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }

    private static final class Client extends ReplicaClient {
        Client(List<String> baseUrls, Resolver resolver) {
            super("frame-processor", "FRAME_PROCESSOR_URL", baseUrls, resolver);
        }
    }
}
