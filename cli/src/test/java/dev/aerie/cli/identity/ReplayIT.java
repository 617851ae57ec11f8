package dev.aerie.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.cli.export.ExportCommand;
import dev.aerie.cli.replay.ReplayCommand;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A short flight, recorded and shown again twice, every part a process of its own. The witness says of
/// each frame what stands in its pixels, and of nothing else: whatever it says differently is not the recording.
@Timeout(400)
class ReplayIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int FRAMES = 70;
    private static final String WITNESS = "witness";
    private static final String TELEMETRY = "{\"latitude\":48.1,\"longitude\":11.5,\"battery_percent\":80}";

    private final Installation installation = Installation.ofThisProcess();
    private final int brokerPort = Ports.free();
    private final int rtspPort = Ports.free();
    private final ServiceApi ingest = ServiceApi.onLoopback(Ports.free());
    private final ServiceApi storage = ServiceApi.onLoopback(Ports.free());
    private final String brokerUrl = "amqp://guest:guest@127.0.0.1:" + brokerPort;
    private final Deque<Child> children = new ArrayDeque<>();

    @TempDir
    private Path folder;

    @AfterEach
    void endChildren() {
        children.forEach(Child::close);
    }

    @Test
    void replay_atItsSpeedAndFourTimesThat_namesTheSameFramesAndTheFleetSaysTheSame() throws Exception {
        startFleet();
        try (var testimony = new Testimony(brokerUrl)) {
            startWitness();
            fly(testimony);
            JsonNode recording = awaitRecording();

            assertThat(export(recording))
                    .contains(": " + recordedNumbers(recording).size() + " frames, ");
            JsonNode slow = replay(recording, "1");
            List<FrameResult> saidSlowly = replayed(testimony, slow, 0);
            JsonNode fast = replay(recording, "4");
            List<FrameResult> saidFast = replayed(testimony, fast, saidSlowly.size());

            assertThat(numbers(saidSlowly))
                    .isEqualTo(recordedNumbers(recording))
                    .isEqualTo(numbers(saidFast));
            assertThat(saidSlowly).allSatisfy(result -> requireItsOwnFrame(recording, result));
            assertThat(saidFast).allSatisfy(result -> requireItsOwnFrame(recording, result));
            for (JsonNode outcome : List.of(slow, fast)) {
                assertThat(outcome.path("differing").longValue()).isZero();
                assertThat(outcome.path("only_recorded").longValue()).isZero();
                assertThat(outcome.path("same").longValue()).isGreaterThanOrEqualTo(FRAMES);
                assertThat(outcome.path("measurements").longValue()).isEqualTo(3);
            }
            JsonNode after = onlyRecording();
            assertThat(withoutLabels(after)).isEqualTo(withoutLabels(recording));
            assertThat(after.path("labels"))
                    .hasSizeGreaterThanOrEqualTo(FRAMES)
                    .allSatisfy(
                            label -> assertThat(label.path("frames").intValue()).isEqualTo(1));
        }
    }

    private void startFleet() throws PartFailedException, InterruptedException {
        Child broker = start("broker", installation.brokerCommand(brokerPort), Map.of("BROKER_PASSWORD", "guest"));
        broker.awaitReady(() -> Ports.accepts("127.0.0.1", brokerPort), LIMIT);
        var common = Map.of("RABBITMQ_URL", brokerUrl, "RTSP_PORT", Integer.toString(rtspPort));
        Child relay = start("ingest-server", installation.serviceCommand("ingest-server"), at(ingest, common));
        var archive = new HashMap<>(at(storage, common));
        archive.putAll(Map.of("STORAGE_PATH", folder.resolve("archive").toString(), "SEGMENT_LENGTH", "2"));
        Child recorder = start("storage-service", installation.serviceCommand("storage-service"), archive);
        relay.awaitReady(ingest::isReady, LIMIT);
        recorder.awaitReady(storage::isReady, LIMIT);
    }

    private void startWitness() throws PartFailedException {
        var arguments = List.of("rtsp://127.0.0.1:" + rtspPort + "/drone", brokerUrl, WITNESS, "0", "wait");
        start(WITNESS, installation.ownCommand(BarcodeWitness.class.getName(), arguments), Map.of());
    }

    /// Flies until the witness has seen enough and what was measured meanwhile is in the archive.
    private void fly(Testimony testimony) throws Exception {
        var settings = List.of("--url", ingest.root().toString(), "--barcode", "--size", "640x360");
        Child drone = start("drone", installation.ownCommand("dev.aerie.simulator.Drone", settings), Map.of());
        testimony.await(WITNESS, 10, LIMIT);
        measure();
        Eventually.holds("what was measured is kept", LIMIT, () -> telemetryKept() == 3);
        testimony.await(WITNESS, FRAMES, LIMIT);
        drone.close();
    }

    private void measure() {
        URI address = URI.create("ws://" + ingest.root().getAuthority() + "/ws/telemetry/drone");
        try (var http = HttpClient.newHttpClient()) {
            var socket = http.newWebSocketBuilder()
                    .buildAsync(address, new WebSocket.Listener() {})
                    .join();
            for (int i = 0; i < 3; i++) {
                socket.sendText(TELEMETRY, true).join();
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }

    private JsonNode awaitRecording() throws InterruptedException {
        var found = new ArrayList<JsonNode>();
        Eventually.holds("a recording that has ended", LIMIT, () -> {
            try {
                JsonNode recording = onlyRecording();
                return recording.path("ended").booleanValue() && found.add(recording);
            } catch (IOException _) {
                return false;
            }
        });
        return found.getFirst();
    }

    /// Of the only recording; 0 as long as there is none.
    private long telemetryKept() {
        try (var in = storage.root()
                .resolve(
                        "/api/recordings/" + onlyRecording().path("id").asText() + "/messages?schema=aerie.telemetry/1")
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().count();
        } catch (IOException _) {
            return 0;
        }
    }

    /// Labels of the last segment are counted a moment after the recording has ended.
    private static JsonNode withoutLabels(JsonNode recording) {
        ObjectNode copy = recording.deepCopy();
        copy.remove("labels");
        return copy;
    }

    private JsonNode onlyRecording() throws IOException {
        JsonNode all = storage.json("/api/recordings").path("recordings");
        assertThat(all.size()).isLessThan(2);
        return all.path(0);
    }

    private List<Long> recordedNumbers(JsonNode recording) throws IOException {
        var numbers = new ArrayList<Long>();
        storage.json("/api/recordings/" + recording.path("id").asText() + "/frames")
                .path("frames")
                .forEach(frame -> numbers.add(frame.path("frame_number").longValue()));
        return numbers;
    }

    /// Runs the command; returns what it printed as JSON.
    private JsonNode replay(JsonNode recording, String speed) throws Exception {
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var command = new ReplayCommand(Map.of("RABBITMQ_URL", brokerUrl), installation, out, out);
        int status = new CommandLine(command)
                .execute(
                        recording.path("id").asText(),
                        "--speed",
                        speed,
                        "--compare",
                        "--json",
                        "--storage",
                        storage.root().toString(),
                        "--ingest",
                        ingest.root().toString());
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(status).as(text).isZero();
        return new ObjectMapper().readTree(text.lines().toList().getLast());
    }

    /// Runs the command, which writes the recording into a file; returns what it printed.
    private String export(JsonNode recording) {
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Path file = folder.resolve("recording.mcap");
        int status = new CommandLine(new ExportCommand(Map.of(), out, out))
                .execute(
                        recording.path("id").asText(),
                        "--mcap",
                        file.toString(),
                        "--storage",
                        storage.root().toString());
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(status).as(text).isZero();
        assertThat(file).isNotEmptyFile();
        return text;
    }

    /// The witness's results on a replay, after `before` results of earlier ones.
    private static List<FrameResult> replayed(Testimony testimony, JsonNode outcome, int before)
            throws InterruptedException {
        int all = before + outcome.path("frames").intValue();
        Eventually.holds(
                () -> replayed(testimony).size() + " of " + all + " results",
                LIMIT,
                () -> replayed(testimony).size() >= all);
        return replayed(testimony).subList(before, all);
    }

    private static List<FrameResult> replayed(Testimony testimony) {
        return testimony.of(WITNESS).stream()
                .filter(result -> result.envelope().clock() == CaptureClock.REPLAY)
                .toList();
    }

    private static List<Long> numbers(List<FrameResult> results) {
        return results.stream()
                .map(result -> result.envelope().frameId().frameNumber())
                .toList();
    }

    private static void requireItsOwnFrame(JsonNode recording, FrameResult result) {
        var id = result.envelope().frameId();
        assertThat(id.session()).isEqualTo(recording.path("id").asText());
        assertThat(result.objects())
                .singleElement()
                .satisfies(object -> assertThat(object.label()).isEqualTo(Long.toString(id.frameNumber())));
    }

    private static Map<String, String> at(ServiceApi service, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("API_PORT", Integer.toString(service.root().getPort()));
        return all;
    }

    private Child start(String name, List<String> command, Map<String, String> environment) throws PartFailedException {
        Child child = Child.start(name, command, environment, folder);
        children.push(child);
        return child;
    }
}
