package dev.aerie.simulator.drone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.FrameSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class DroneClientTest {

    private static final EncoderSettings SMALL = new EncoderSettings(new FrameSize(160, 128), 50, 300_000, 10);

    private WebSocketListener server = startServer(0);

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 37})
    void run_anyChunkSize_serverGetsTheSameBytes(int chunkBytes) throws Exception {
        try (var video = recorded(25)) {
            fly(config().withChunkBytes(chunkBytes), video);

            assertThat(binary()).isEqualTo(video.bytes());
            var units = new AccessUnitAssembler("drone", 1 << 20, AccessUnitBoundary.NEXT_UNIT);
            int count = units.push(ByteBuffer.wrap(binary()), 0).size()
                    + units.flush().size();
            assertThat(count).isEqualTo(25);
            assertThat(server.heard("video").stream().mapToInt(it -> it.bytes().length))
                    .allMatch(size -> chunkBytes == 0 || size <= Math.max(chunkBytes, 200));
        }
    }

    @Test
    void run_text_announcesTheFormatAndEachCaptureTime() throws Exception {
        try (var video = recorded(12)) {
            fly(config(), video);
        }
        var texts = texts("video");
        assertThat(texts.getFirst().toString())
                .isEqualTo("{\"type\":\"video_config\",\"codec\":\"h264\",\"width\":160,\"height\":128,\"fps\":50.0,"
                        + "\"framing\":\"access_units\"}");
        assertThat(texts).hasSize(13);
        for (int i = 2; i < texts.size(); i++) {
            long step = texts.get(i).path("capture_time_ns").asLong()
                    - texts.get(i - 1).path("capture_time_ns").asLong();
            assertThat(step).isCloseTo(20_000_000L, within(1L));
            assertThat(texts.get(i).path("sent_time_ns").asLong())
                    .isGreaterThanOrEqualTo(texts.get(i).path("capture_time_ns").asLong() - 1_000_000);
        }
    }

    @Test
    void run_scene_sendsInertialSamplesInStepWithTheFrames() throws Exception {
        var scene = Scenario.STRAIGHT.scene(7);
        try (var video = RenderedVideo.ofScene(SMALL, scene)) {
            var done = fly(config().withRunFor(Duration.ofSeconds(1)), video);

            var samples = new ArrayList<JsonNode>();
            texts("imu").forEach(message -> message.path("samples").forEach(samples::add));
            int frames = (int) (done.framesSent() + done.skippedFrames());
            assertThat(done.imuSamplesSent()).isEqualTo(samples.size());
            assertThat(samples.size()).isBetween(frames * 4 - 8, frames * 4 + 4);
            for (int i = 1; i < samples.size(); i++) {
                long step = time(samples.get(i)) - time(samples.get(i - 1));
                assertThat(step).isCloseTo(5_000_000L, within(2L));
            }
            assertThat(samples.getFirst().path("linear_acceleration").get(2).asDouble())
                    .isCloseTo(scene.trajectory().specificForce(0).z(), within(1e-9));
            assertThat(texts("telemetry").getFirst().path("heading_deg").asDouble())
                    .isCloseTo(90, within(1e-9));
        }
    }

    @Test
    void run_connectionLost_comesBackAndBeginsWithAnIdr() throws Exception {
        server.close();
        server = startServer(20);
        try (var video = RenderedVideo.ofBarcodes(SMALL)) {
            var client = new DroneClient(config().withRunFor(Duration.ofMinutes(1)), video, Clock.systemUTC());
            var stopping = Thread.ofVirtual().start(() -> stopAfterReturning(client));
            var done = client.run();
            stopping.join();

            assertThat(done.connections()).isGreaterThanOrEqualTo(2);
            var again = heardAgain();
            assertThat(again.getFirst().text()).contains("video_config");
            byte[] firstUnit = again.stream()
                    .filter(it -> !it.isText())
                    .findFirst()
                    .orElseThrow()
                    .bytes();
            var units = new AccessUnitAssembler("drone", 1 << 20, AccessUnitBoundary.CHUNK_END)
                    .push(ByteBuffer.wrap(firstUnit), 0);
            assertThat(units).singleElement().matches(AccessUnit::isIdr);
        }
    }

    @Test
    void run_credentials_goIntoTheUpgradeAndNowhereElse() throws Exception {
        var config = config().withCredentials("pilot:secret");
        try (var video = recorded(2)) {
            fly(config, video);
        }
        assertThat(server.requests().getFirst()).contains("Authorization: Basic cGlsb3Q6c2VjcmV0");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void stop_noServer_endsTheWaitForTheNextAttempt() throws Exception {
        server.close();
        try (var video = RenderedVideo.ofBarcodes(SMALL)) {
            var config = config().withRetries(Duration.ofMinutes(10), Duration.ofMinutes(10));
            var client = new DroneClient(config, video, Clock.systemUTC());
            var flying = Thread.ofVirtual().start(() -> {
                try {
                    client.run();
                } catch (VideoFailedException e) {
                    throw new IllegalStateException(e);
                }
            });
            client.stop();
            assertThat(flying.join(Duration.ofSeconds(20))).isTrue();
            assertThat(client.statistics().framesSent()).isZero();
        }
    }

    private DroneConfig config() {
        return DroneConfig.of(server.uri(), "drone").withRetries(Duration.ofMillis(50), Duration.ofMillis(200));
    }

    /// What the second connection brought.
    private List<WebSocketListener.Heard> heardAgain() {
        return server.heard("video").stream().filter(it -> it.connection() == 1).toList();
    }

    private void stopAfterReturning(DroneClient client) {
        try {
            Eventually.holds(
                    "video of a second connection", () -> heardAgain().stream().anyMatch(it -> !it.isText()));
        } finally {
            client.stop();
        }
    }

    private static DroneStatistics fly(DroneConfig config, VideoSource video) throws VideoFailedException {
        return new DroneClient(config, video, Clock.systemUTC()).run();
    }

    private static WebSocketListener startServer(int dropFirstAfter) {
        try {
            return new WebSocketListener(dropFirstAfter);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] binary() {
        var bytes = new ByteArrayOutputStream();
        server.heard("video").stream().filter(it -> !it.isText()).forEach(it -> bytes.writeBytes(it.bytes()));
        return bytes.toByteArray();
    }

    private List<JsonNode> texts(String kind) throws IOException {
        List<JsonNode> texts = new ArrayList<>();
        for (var message : server.heard(kind)) {
            if (message.isText()) {
                texts.add(JsonMapper.builder().build().readTree(message.bytes()));
            }
        }
        return texts;
    }

    private static long time(JsonNode sample) {
        return sample.path("capture_time_ns").asLong();
    }

    private static Recorded recorded(int frames) throws IOException {
        List<AccessUnit> units = new ArrayList<>();
        try (var video = RenderedVideo.ofBarcodes(SMALL)) {
            for (int i = 0; i < frames; i++) {
                units.add(video.next().orElseThrow());
            }
        }
        return new Recorded(units);
    }

    /// Units encoded before, played once.
    private static final class Recorded implements VideoSource {

        private final List<AccessUnit> units;
        private int next;

        Recorded(List<AccessUnit> units) {
            this.units = units;
        }

        byte[] bytes() {
            var bytes = new ByteArrayOutputStream();
            for (var unit : units) {
                byte[] copy = new byte[unit.sizeBytes()];
                unit.annexB().get(copy);
                bytes.writeBytes(copy);
            }
            return bytes.toByteArray();
        }

        @Override
        public FrameSize size() {
            return SMALL.size();
        }

        @Override
        public double framesPerSecond() {
            return SMALL.framesPerSecond();
        }

        @Override
        public Optional<AccessUnit> next() {
            return next < units.size() ? Optional.of(units.get(next++)) : Optional.empty();
        }

        @Override
        public void beginAnew() {
            next = 0;
        }

        @Override
        public int skip(int frames) {
            return 0;
        }

        @Override
        public Optional<FlightPath> flight() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
