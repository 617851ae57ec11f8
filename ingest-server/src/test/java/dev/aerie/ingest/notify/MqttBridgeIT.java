package dev.aerie.ingest.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.ingest.alert.AlertRule;
import dev.aerie.ingest.alert.AlertRules;
import dev.aerie.ingest.watch.TrackChange;
import dev.aerie.ingest.watch.TrackChange.Kind;
import dev.aerie.ingest.watch.TrackChange.Track;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestCertificate;
import dev.aerie.tls.LocalAuthority;
import dev.aerie.tls.TrustedAuthorities;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against Eclipse Mosquitto with TLS and a password, read by its own client.
final class MqttBridgeIT {

    private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");
    private static final Path SUBSCRIBER = Path.of("/usr/bin/mosquitto_sub");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOCALHOST = "127.0.0.1";

    private static LocalAuthority authority;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private int port;
    private Process broker;

    @BeforeAll
    static void certify() throws IOException {
        assumeTrue(Files.isExecutable(MOSQUITTO), "Debian's mosquitto is not installed");
        assumeTrue(Files.isExecutable(SUBSCRIBER), "Debian's mosquitto-clients is not installed");
        authority = TestCertificate.authority();
    }

    @BeforeEach
    void startBroker() throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path passwords = folder.resolve("passwords");
        new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "aerie", "secret")
                .start()
                .waitFor();
        Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                cafile %s
                certfile %s
                keyfile %s
                password_file %s
                allow_anonymous false
                user %s
                """.formatted(
                        port,
                        authority.authority(),
                        authority.certificate(),
                        authority.key(),
                        passwords,
                        System.getProperty("user.name")));
        broker = run(
                "broker",
                MOSQUITTO.toString(),
                "-c",
                folder.resolve("mosquitto.conf").toString());
        awaitBroker();
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.destroyForcibly();
        }
        vertx.close();
    }

    @Test
    void bridge_tracksAndAlerts_areReadByMosquittosClient_alsoAfterTheBrokerWasAway() throws Exception {
        var rules = new AlertRules(Optional.empty());
        rules.put("gate", new AlertRule(null, null, null, null, null, null));
        try (var bridge = bridge(rules, "secret")) {
            bridge.start();
            Eventually.holds("connected", bridge::isConnected);
            var client = subscribe();
            awaitLine("aerie/available online");
            awaitLine("aerie/alerts/gate OFF");

            var track = track();
            bridge.accept(new TrackChange(Kind.BEGAN, null, track));
            bridge.accept(ExampleMessages.alert());
            awaitLine("aerie/drone/person 1");
            awaitLine("aerie/alerts/gate ON");
            bridge.accept(new TrackChange(Kind.ENDED, track, track));
            awaitLine("aerie/drone/person 0");

            assertThat(payloads("aerie/events"))
                    .extracting(event -> event.path("type").textValue())
                    .containsExactly("new", "end");
            var sensor =
                    payloads("homeassistant/sensor/aerie_drone_person/config").getFirst();
            assertThat(sensor.path("state_topic").textValue()).isEqualTo("aerie/drone/person");
            assertThat(sensor.path("availability_topic").textValue()).isEqualTo("aerie/available");
            assertThat(payloads("aerie/alerts").getFirst().path("rule").textValue())
                    .isEqualTo("gate");

            broker.destroyForcibly().waitFor();
            client.waitFor();
            Eventually.holds("lost", () -> !bridge.isConnected());
            lines.clear();
            broker = run(
                    "broker",
                    MOSQUITTO.toString(),
                    "-c",
                    folder.resolve("mosquitto.conf").toString());
            Eventually.holds("connected again", bridge::isConnected);
            subscribe();
            awaitLine("aerie/alerts/gate ON");
            awaitLine("aerie/drone/person 0");
        }
        awaitLine("aerie/available offline");
    }

    @Test
    void bridge_wrongPassword_isNotConnected_andDropsWhatItIsGiven() throws Exception {
        try (var bridge = bridge(new AlertRules(Optional.empty()), "wrong")) {
            bridge.start();
            bridge.accept(ExampleMessages.alert());
            Eventually.holds("dropped", () -> bridge.dropped() > 0);
            assertThat(bridge.isConnected()).isFalse();
        }
    }

    private MqttBridge bridge(AlertRules rules, String password) throws IOException {
        return new MqttBridge(
                vertx,
                MqttBroker.parse("mqtts://127.0.0.1:" + port),
                new MqttBridge.Login(Optional.of("aerie"), Optional.of(password)),
                Optional.of(TrustOptions.wrap(TrustedAuthorities.manager(authority.authority()))),
                new MqttBridge.Names("aerie-test", "aerie", Optional.of("homeassistant")),
                rules);
    }

    /// Lines `topic payload`, as they come.
    private Process subscribe() throws IOException {
        var process = new ProcessBuilder(
                        SUBSCRIBER.toString(),
                        "-h",
                        LOCALHOST,
                        "-p",
                        Integer.toString(port),
                        "-u",
                        "aerie",
                        "-P",
                        "secret",
                        "--cafile",
                        authority.authority().toString(),
                        "-t",
                        "#",
                        "-v")
                .start();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader reader = process.inputReader()) {
                reader.lines().forEach(lines::add);
            } catch (IOException _) {
                // the end
            }
        });
        return process;
    }

    private void awaitLine(String line) {
        Eventually.holds(line, () -> lines.contains(line));
    }

    private List<JsonNode> payloads(String topic) throws IOException {
        var found = new ArrayList<JsonNode>();
        for (String line : lines) {
            if (line.startsWith(topic + " ")) {
                found.add(JSON.readTree(line.substring(topic.length() + 1)));
            }
        }
        return found;
    }

    private static Track track() {
        var result = ExampleMessages.frameResult();
        var object = result.objects().getFirst();
        return new Track(result, object, 1_763_711_999_000_000_000L, 0.95);
    }

    private Process run(String name, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private void awaitBroker() {
        Eventually.holds("broker", () -> {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException _) {
                return false;
            }
        });
    }
}
