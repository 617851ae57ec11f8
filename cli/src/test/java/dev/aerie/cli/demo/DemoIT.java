package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.Installation;
import dev.aerie.messages.Exchanges;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.simulator.drone.RenderedVideo;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.video.FrameSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(300)
@ExtendWith(OneDemo.class)
class DemoIT {

    /// What other tests of this JVM run beside: a broker that they share.
    private final Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void run_simulatorAndEmbeddedBroker_everyPartWorksAndAllIsEnded() throws Exception {
        int status = demo(Map.of(), "--seconds", "12");

        JsonNode summary = new ObjectMapper().readTree(text().lines().toList().getLast());
        assertThat(status).as(text()).isZero();
        assertThat(summary.path("ok").booleanValue()).isTrue();
        assertThat(summary.path("seconds").doubleValue()).isGreaterThanOrEqualTo(12);
        for (String count : new String[] {"frames_in", "frames_relayed", "frames_processed", "segments"}) {
            assertThat(summary.path(count).longValue()).as(count).isPositive();
        }
        for (String exchange : new String[] {
            Exchanges.PROCESSED_FRAMES,
            Exchanges.SLAM_RESULTS,
            Exchanges.STREAM_EVENTS,
            Exchanges.RECORDING_EVENTS,
            Exchanges.TELEMETRY,
            Exchanges.IMU
        }) {
            assertThat(summary.path("messages").path(exchange).longValue())
                    .as(exchange)
                    .isPositive();
        }
        assertThat(summary.path("per_second").path("frames_in").doubleValue()).isPositive();
        assertThat(summary.path("restarts")).hasSize(6).allMatch(restarts -> restarts.intValue() == 0);
        assertThat(summary.path("scene").path("width").intValue()).isPositive();
        assertThat(summary.path("invalid_messages").longValue()).isZero();
        assertThat(summary.path("impossible_results").longValue()).isZero();
        assertThat(ProcessHandle.current().children().filter(child -> !before.contains(child)))
                .isEmpty();
    }

    @Test
    void run_clipAsCamera_everyPartWorksWithoutSensors(@TempDir Path folder) throws Exception {
        int status = demo(Map.of(), "--seconds", "8", "--video", clip(folder).toString());

        JsonNode summary = new ObjectMapper().readTree(text().lines().toList().getLast());
        assertThat(status).as(text()).isZero();
        assertThat(summary.path("ok").booleanValue()).isTrue();
        assertThat(summary.path("frames_relayed").longValue()).isPositive();
        assertThat(summary.path("messages").path(Exchanges.IMU).longValue()).isZero();
        assertThat(summary.path("messages").path(Exchanges.TELEMETRY).longValue())
                .isZero();
        assertThat(summary.path("messages").path(Exchanges.RECORDING_EVENTS).longValue())
                .isPositive();
    }

    @Test
    void run_ptzCameras_targetsAreChosenAndCamerasAreMoved() throws Exception {
        int status = demo(Map.of(), "--seconds", "25", "--ptz");

        JsonNode summary = new ObjectMapper().readTree(text().lines().toList().getLast());
        assertThat(status).as(text()).isZero();
        assertThat(summary.path("ok").booleanValue()).isTrue();
        assertThat(summary.path("messages").path(Exchanges.PTZ_EVENTS).longValue())
                .isPositive();
        assertThat(summary.path("ptz").path("targets").longValue()).isPositive();
        assertThat(summary.path("ptz").path("commands").longValue()).isPositive();
        assertThat(summary.path("invalid_messages").longValue()).isZero();
        assertThat(ProcessHandle.current().children().filter(child -> !before.contains(child)))
                .isEmpty();
    }

    @Test
    void run_clipIsNoVideo_stopsWithTheReason(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("letter.mp4"), "Dear reader");

        int status = demo(Map.of(), "--seconds", "60", "--video", text.toString());

        assertThat(status).isEqualTo(1);
        assertThat(text().lines()).hasSize(1);
        assertThat(text()).startsWith("aerie: drone cannot start: drone: ");
        assertThat(ProcessHandle.current().children().filter(child -> !before.contains(child)))
                .isEmpty();
    }

    @Test
    void run_brokerIsAway_saysSoInOneLineAndStartsNothing() throws Exception {
        int status = demo(Map.of("RABBITMQ_URL", "amqp://user:hunter2@127.0.0.1:1"), "--seconds", "5");

        assertThat(status).isEqualTo(1);
        assertThat(text().lines()).hasSize(1);
        assertThat(text()).startsWith("aerie: the broker cannot be used").doesNotContain("hunter2");
        assertThat(ProcessHandle.current().children().filter(child -> !before.contains(child)))
                .isEmpty();
    }

    /// Three seconds of the simulator's town.
    private static Path clip(Path folder) throws IOException {
        Path file = folder.resolve("town.h264");
        var settings = new EncoderSettings(new FrameSize(320, 180), 20, 500_000, 20);
        try (var video = RenderedVideo.ofScene(settings, Scenario.TOWN.scene(7));
                var out = Channels.newChannel(Files.newOutputStream(file))) {
            for (int frame = 0; frame < 60; frame++) {
                out.write(video.next().orElseThrow().annexB());
            }
        }
        return file;
    }

    private int demo(Map<String, String> environment, String... options) {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var demo = new CommandLine(new Demo(Installation.ofThisProcess(), environment, out));
        var all = new ArrayList<>(List.of("--headless", "--offline", "--json"));
        all.addAll(List.of(options));
        return demo.execute(all.toArray(String[]::new));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
