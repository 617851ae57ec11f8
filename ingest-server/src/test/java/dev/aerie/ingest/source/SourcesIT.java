package dev.aerie.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.NativeHeap;
import dev.aerie.ingest.bus.RestartRequests;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.StreamSnapshot;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.TestCamera;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesIT {

    private static final Duration STALL_AFTER = Duration.ofSeconds(3);
    private static final int WARM_UP = 20;
    private static final int CYCLES = 200;
    /// The compiler's arenas come and go in the same heap; a decoder left open at each cycle would take far more.
    private static final long NATIVE_SLACK_BYTES = 16 << 20;

    private final Streams streams = new Streams(
            new Relay(),
            new StreamLimits(8, STALL_AFTER, Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));
    private final SourceRules rules =
            new SourceRules(Path.of(System.getProperty("java.io.tmpdir")), new SourceHosts(List.of()));
    private final Sources sources =
            new Sources(new SourceInputs(STALL_AFTER, streams::unixNanos, rules, VideoDecoders.SOFTWARE), streams, 8);

    @AfterEach
    void close() {
        sources.close();
    }

    @Test
    void file_once_everyFrameIsPlayedAtItsRateThenItIsFinished(@TempDir Path folder) throws Exception {
        var clip = make(folder.resolve("clip.mp4"), "testsrc=s=128x96:r=30:d=1", "libx264");
        long begin = System.nanoTime();
        sources.put("clip", new SourceSpec.VideoFile(clip.toString(), false));
        Eventually.holds("finished", () -> state("clip") == SourceState.FINISHED);
        assertThat(System.nanoTime() - begin)
                .isGreaterThan(Duration.ofMillis(900).toNanos());
        assertThat(snapshot("clip").orElseThrow().totals().frames()).isEqualTo(30);
        assertThat(sources.find("clip").orElseThrow().lastError()).isEmpty();
    }

    @Test
    void file_inALoop_isOneSessionWithoutEnd(@TempDir Path folder) throws Exception {
        var clip = make(folder.resolve("loop.mp4"), "testsrc=s=128x96:r=30:d=0.4", "libx264");
        sources.put("loop", new SourceSpec.VideoFile(clip.toString(), true));
        Eventually.holds(
                "several rounds",
                () -> snapshot("loop")
                        .filter(each -> each.totals().frames() > 40)
                        .isPresent());
        assertThat(snapshot("loop").orElseThrow().totals().sessions()).isEqualTo(1);
    }

    @Test
    void file_ofAnotherCodec_isEncodedAsH264(@TempDir Path folder) throws Exception {
        var clip = make(folder.resolve("clip.avi"), "testsrc=s=162x98:r=25:d=1", "mjpeg");
        sources.put("avi", new SourceSpec.VideoFile(clip.toString(), true));
        var live = Eventually.gives("live", () -> snapshot("avi"), SourcesIT::isLive)
                .orElseThrow();
        assertThat(live.format().orElseThrow().size()).isEqualTo(new FrameSize(162, 98));
        assertThat(live.format().orElseThrow().codec()).startsWith("avc1.");
    }

    @Test
    void file_ofH265_isRelayedAsItIs(@TempDir Path folder) throws Exception {
        var clip = make(folder.resolve("clip.mkv"), "testsrc=s=128x96:r=30:d=1", "libx265");
        sources.put("hevc", new SourceSpec.VideoFile(clip.toString(), false));
        Eventually.holds("finished", () -> state("hevc") == SourceState.FINISHED);
        var shown = snapshot("hevc").orElseThrow();
        assertThat(shown.format().orElseThrow().codec()).startsWith("hvc1.1.6.");
        assertThat(shown.format().orElseThrow().size()).isEqualTo(new FrameSize(128, 96));
        assertThat(shown.totals().frames()).isEqualTo(30);
    }

    @Test
    void file_missing_isRetriedAndReported() {
        sources.put("gone", new SourceSpec.VideoFile("/nowhere/gone.mp4", true));
        var shown = Eventually.gives(
                "an error", () -> sources.find("gone").orElseThrow(), found -> found.state() == SourceState.RETRYING);
        assertThat(shown.lastError()).contains("there is no file /nowhere/gone.mp4");
    }

    @Test
    void rtsp_firstUrlDeadSecondRefused_thirdIsUsedByDigest() throws Exception {
        try (var camera = new TestCamera()) {
            sources.put(
                    "cam",
                    new SourceSpec.RtspPull(
                            List.of("rtsp://127.0.0.1:1/x", camera.urlWithWrongPassword(), camera.url()), "tcp"));
            Eventually.gives("live", () -> snapshot("cam"), SourcesIT::isLive);
            assertThat(sources.find("cam").orElseThrow().toString()).doesNotContain("pass", "guess");
        }
    }

    @Test
    void rtsp_wrongPassword_isRetriedAndNeverRevealed() throws Exception {
        try (var camera = new TestCamera()) {
            sources.put("locked", new SourceSpec.RtspPull(List.of(camera.urlWithWrongPassword()), "tcp"));
            var shown = Eventually.gives(
                    "an error",
                    () -> sources.find("locked").orElseThrow(),
                    found -> found.state() == SourceState.RETRYING);
            assertThat(shown.lastError()).contains("127.0.0.1").doesNotContain("guess");
        }
    }

    @Test
    void rtsp_silentCamera_isReopenedWithinFiveSeconds() throws Exception {
        try (var camera = new TestCamera()) {
            sources.put("silent", new SourceSpec.RtspPull(List.of(camera.url()), "tcp"));
            Eventually.gives("live", () -> snapshot("silent"), SourcesIT::isLive);
            long before = sources.find("silent").orElseThrow().attempts();
            camera.silence(true);
            long begin = System.nanoTime();
            Eventually.holds(
                    "opened anew", () -> sources.find("silent").orElseThrow().attempts() > before);
            assertThat(System.nanoTime() - begin)
                    .isLessThan(Duration.ofSeconds(5).toNanos());
            camera.silence(false);
            Eventually.gives("live again", () -> snapshot("silent"), SourcesIT::isLive);
            assertThat(snapshot("silent").orElseThrow().totals().sessions()).isGreaterThan(1);
        }
    }

    @Test
    void restartRequest_forAStream_beginsANewSessionOfIt() throws Exception {
        sources.put("card", new SourceSpec.TestPattern(64, 64, 30));
        var first = session("card", "");
        var requests = new RestartRequests("ingest-server", sources);
        requests.accept("restart_exchange", Messages.write(restart("frame-processor", "card")));
        requests.accept("restart_exchange", Messages.write(restart("ingest-server", "other")));
        requests.accept("restart_exchange", Messages.write(restart(null, null)));
        assertThat(session("card", first)).isNotEqualTo(first);
        assertThat(snapshot("card").orElseThrow().totals().sessions()).isEqualTo(2);
    }

    /// Speed is no matter here: what must stay is the number of threads and of open files.
    @Test
    void rtsp_manyConnectionsCutByTheCamera_leaveNoThreadAndNoFileBehind() throws Exception {
        try (var camera = new TestCamera()) {
            for (int cycle = 0; cycle < WARM_UP; cycle++) {
                connectAndCut(camera);
            }
            int threads = Thread.getAllStackTraces().size();
            long files = openFiles();
            long nativeBytes = NativeHeap.usedBytes();
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                connectAndCut(camera);
            }
            Eventually.holds(
                    "threads as before", () -> Thread.getAllStackTraces().size() <= threads + 2);
            Eventually.holds("files as before", () -> openFiles() <= files + 4);
            Eventually.holds(
                    "native memory as before", () -> NativeHeap.usedBytes() < nativeBytes + NATIVE_SLACK_BYTES);
        }
    }

    private void connectAndCut(TestCamera camera) {
        sources.put("cut", new SourceSpec.RtspPull(List.of(camera.url()), "tcp"));
        Eventually.holds("running", () -> state("cut") == SourceState.RUNNING);
        camera.cut();
        Eventually.holds("noticed", () -> state("cut") == SourceState.RETRYING);
        sources.remove("cut");
    }

    private SourceState state(String stream) {
        return sources.find(stream).orElseThrow().state();
    }

    private Optional<StreamSnapshot> snapshot(String stream) {
        return streams.find(stream).map(publication -> publication.snapshot());
    }

    private String session(String stream, String notThis) {
        return Eventually.gives(
                        "a session",
                        () -> snapshot(stream)
                                .filter(SourcesIT::isLiveNow)
                                .flatMap(StreamSnapshot::last)
                                .map(stamp -> stamp.id().session()),
                        session -> session.isPresent() && !session.get().equals(notThis))
                .orElseThrow();
    }

    private static boolean isLive(Optional<StreamSnapshot> snapshot) {
        return snapshot.filter(SourcesIT::isLiveNow).isPresent();
    }

    private static boolean isLiveNow(StreamSnapshot snapshot) {
        return snapshot.state() == StreamState.LIVE;
    }

    private static RestartRequest restart(String service, String stream) {
        return new RestartRequest(
                Envelope.ofRequest(stream, Instant.EPOCH, Producer.of("test", "test")), service, "test");
    }

    private static long openFiles() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException _) {
            return 0;
        }
    }

    static Path make(Path file, String frame, String codec) throws Exception {
        boolean installed = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
        assumeTrue(installed, "ffmpeg is not installed");
        var process = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        frame,
                        "-c:v",
                        codec,
                        "-pix_fmt",
                        codec.equals("mjpeg") ? "yuvj420p" : "yuv420p",
                        "-y",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return file;
    }
}
