package dev.aerie.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.forward.ForwardTarget;
import dev.aerie.ingest.forward.Forwards;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams pulled from ffmpeg and sent to it, by what is not RTSP.
final class ForeignProtocolsIT {

    private static final int FRAMES = 12;
    private static final Duration STALL_AFTER = Duration.ofSeconds(3);

    @TempDir
    private static Path folder;

    private static Path clip;

    private final Relay relay = new Relay();
    private final Streams streams = new Streams(
            relay,
            new StreamLimits(8, STALL_AFTER, Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));
    private final SourceRules rules = new SourceRules(folder, new SourceHosts(List.of()));
    private final Sources sources =
            new Sources(new SourceInputs(STALL_AFTER, streams::unixNanos, rules, VideoDecoders.SOFTWARE), streams, 8);
    private final List<Process> programs = new ArrayList<>();

    @BeforeAll
    static void encode() throws Exception {
        clip = SourcesIT.make(folder.resolve("clip.mp4"), "testsrc=s=128x96:r=30:d=2", "libx264");
    }

    @AfterEach
    void close() {
        sources.close();
        programs.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({
        "rtmp://127.0.0.1:PORT/live/key, , flv -listen 1",
        "srt://127.0.0.1:PORT, ?mode=listener, mpegts",
        "http://127.0.0.1:PORT/clip.ts, , mpegts -listen 1",
        "tcp://127.0.0.1:PORT, ?listen=1, mpegts",
        "udp://127.0.0.1:PORT, , mpegts"
    })
    void source_ofFfmpeg_isLive(String address, String options, String format) throws Exception {
        String url = address.replace("PORT", Integer.toString(freePort()));
        String output = url + (options == null ? "" : options);
        var sender = new ArrayList<>(List.of("-re", "-stream_loop", "-1", "-i", clip.toString(), "-c", "copy", "-f"));
        sender.addAll(List.of(format.split(" ")));
        sender.add(output);
        ffmpeg(sender);
        sources.put("pulled", new SourceSpec.NetworkPull(List.of(url)));

        Eventually.holds("frames by " + url, Duration.ofSeconds(60), () -> frames("pulled") > FRAMES);

        var shown = streams.find("pulled").orElseThrow().snapshot();
        assertThat(shown.format().orElseThrow().size().widthPixels()).isEqualTo(128);
        assertThat(sources.find("pulled").orElseThrow().state()).isEqualTo(SourceState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtmp://127.0.0.1:PORT/live/key", "srt://127.0.0.1:PORT"})
    void forward_liveStream_isTakenByFfmpeg(String address) throws Exception {
        String url = address.replace("PORT", Integer.toString(freePort()));
        boolean isRtmp = url.startsWith("rtmp");
        var receiver = ffmpeg(List.of(
                isRtmp ? "-listen" : "-analyzeduration",
                isRtmp ? "1" : "500000",
                "-i",
                isRtmp ? url : url + "?mode=listener",
                "-frames:v",
                Integer.toString(FRAMES),
                "-f",
                "framemd5",
                "-"));
        sources.put("sent", new SourceSpec.VideoFile(clip.toString(), true));
        try (var forwards = new Forwards(ForwardTarget.parse("sent=" + url), relay)) {
            forwards.start();

            List<String> lines = receiver.inputReader().lines().toList();

            assertThat(receiver.waitFor()).as("%s", lines).isZero();
            assertThat(lines.stream().filter(line -> line.matches("0, .*"))).hasSize(FRAMES);
            assertThat(forwards.sent()).isGreaterThanOrEqualTo(FRAMES);
        }
    }

    private long frames(String stream) {
        return streams.find(stream)
                .map(each -> each.snapshot().totals().frames())
                .orElse(0L);
    }

    private Process ffmpeg(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin"));
        command.addAll(arguments);
        var program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        programs.add(program);
        return program;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
