package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import dev.aerie.ingest.forward.ForwardTarget;
import dev.aerie.ingest.forward.Forwards;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.ffmpeg.DecodedUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.video.VideoFrame;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// Measures, and is no part of the suite: how long after its capture a frame of one stream has come, decoded, out of
/// every door, all at once. docs/interfaces.md has the command and what it gave.
@QuarkusTest
final class OutputLatency {

    private static final String STREAM = "latency";
    private static final int SECONDS = 45;

    /// Frames at the beginning, while doors open, that do not count.
    private static final int SKIPPED = 10 * BarcodeDrone.RATE;

    /// The file of npm's hls.js, `dist/hls.min.js`; without it HLS in the browser is left out.
    private static final String HLS_SCRIPT = System.getProperty("aerie.hls.js", "");

    private static final String HLS = """
            ([stream, low]) => {
              const video = document.createElement('video');
              video.muted = true;
              document.body.prepend(video);
              const hls = new Hls({ lowLatencyMode: low, enableWorker: false });
              hls.loadSource(`/hls/${stream}/index.m3u8`);
              hls.attachMedia(video);
              hls.on(Hls.Events.MANIFEST_PARSED, () => video.play());
              window.whep = video;
            }""";

    @Inject
    Streams streams;

    @Inject
    ResultHub hub;

    @Inject
    Relay relay;

    @TestHTTPResource("/")
    URI address;

    /// When each frame was captured and first seen at each door, by its barcode, in Unix milliseconds.
    private Map<Integer, Double> captured = Map.of();

    private final Map<String, Map<Integer, Double>> seen = new TreeMap<>();
    private final List<Process> programs = new ArrayList<>();

    @Test
    void latency_ofEveryOutput() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "skipped: no ffmpeg on this machine");
        var clip = BarcodeClip.encode(SECONDS * BarcodeDrone.RATE + 300, BarcodeDrone.RATE, BarcodeDrone.RATE);
        String rtmp = "rtmp://127.0.0.1:" + freePort() + "/live/key";
        String srt = "srt://127.0.0.1:" + freePort();
        ffmpeg("RTMP, pushed to ffmpeg", "-listen", "1", "-i", rtmp);
        ffmpeg("SRT, pushed to ffmpeg", "-analyzeduration", "500000", "-i", srt + "?mode=listener");
        try (var browser = new TestBrowser("autoplay-policy=no-user-gesture-required");
                var drone = new BarcodeDrone(streams, hub, clip, false);
                var forwards =
                        new Forwards(ForwardTarget.parse(STREAM + "=" + rtmp + "," + STREAM + "=" + srt), relay)) {
            drone.start(STREAM);
            captured = BarcodePlayer.recorded(relay, STREAM);
            forwards.start();
            var config = RtspConfig.of(STREAM, rtspUrl());
            try (var own = new FrameReader(config, "RTSP, our own consumer", true);
                    var library = new FrameReader(config, "RTSP, our consumer by FFmpeg", false)) {
                own.start();
                library.start();
                ffmpeg("RTSP, ffmpeg", "-rtsp_transport", "tcp", "-i", rtspUrl());
                ffmpeg("HLS, ffmpeg", "-i", address + "hls/" + STREAM + "/index.m3u8");
                var pages = pages(browser);
                pages.values().iterator().next().waitForTimeout(SECONDS * 1000.0);
                pages.forEach((door, page) -> seen.put(door, BarcodePlayer.shown(page)));
            }
        } finally {
            programs.forEach(Process::destroyForcibly);
        }
        seen.forEach(this::report);
        assertThat(seen).hasSizeGreaterThan(4);
    }

    private Map<String, Page> pages(TestBrowser browser) throws IOException {
        var pages = new TreeMap<String, Page>();
        for (boolean low : Files.isReadable(Path.of(HLS_SCRIPT)) ? List.of(true, false) : List.<Boolean>of()) {
            Page page = browser.newPage();
            page.navigate(address.resolve("/send").toString());
            page.evaluate(Files.readString(Path.of(HLS_SCRIPT)));
            page.evaluate(HLS, List.of(STREAM, low));
            pages.put(low ? "Low-Latency HLS, hls.js" : "HLS, hls.js", page);
        }
        for (String player : List.of("webcodecs", "mse", "whep")) {
            Page page = browser.newPage();
            BarcodePlayer.open(page, address, player, STREAM);
            pages.put("browser, " + player, page);
        }
        pages.values().forEach(BarcodePlayer::watch);
        return pages;
    }

    /// What ffmpeg decodes of an input, frame by frame, from a pipe.
    private void ffmpeg(String door, String... input) throws IOException {
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-threads", "1"));
        command.addAll(List.of("-fflags", "nobuffer", "-flags", "low_delay"));
        command.addAll(List.of(input));
        command.addAll(List.of("-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "-"));
        var program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        programs.add(program);
        var times = door(door);
        Thread.ofVirtual().start(() -> {
            int width = BarcodeClip.SIZE.widthPixels();
            int size = width * BarcodeClip.SIZE.heightPixels();
            try (var in = program.getInputStream()) {
                for (byte[] frame = in.readNBytes(size); frame.length == size; frame = in.readNBytes(size)) {
                    times.putIfAbsent(barcode(frame, width), nowMillis());
                }
            } catch (IOException _) {
                // it was ended
            }
        });
    }

    private static int barcode(byte[] grey, int width) {
        int code = 0;
        for (int bit = 0; bit < BarcodeClip.BITS; bit++) {
            int x = BarcodeClip.LEFT + bit * BarcodeClip.CELL + BarcodeClip.CELL / 2;
            code |= ((grey[BarcodeClip.CELL / 2 * width + x] & 0xff) > 128 ? 1 : 0) << bit;
        }
        return code;
    }

    private synchronized Map<Integer, Double> door(String name) {
        return seen.computeIfAbsent(name, _ -> new ConcurrentHashMap<>());
    }

    private double nowMillis() {
        return streams.unixNanos() / 1e6;
    }

    private String rtspUrl() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var status = http.send(
                    HttpRequest.newBuilder(address.resolve("/rtsp/status")).build(),
                    HttpResponse.BodyHandlers.ofString());
            return status.body().replaceAll("(?s).*\"rtsp_url\":\\s*\"(rtsp://[^\"/]*).*", "$1") + "/" + STREAM;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void report(String door, Map<Integer, Double> times) {
        double[] millis = times.entrySet().stream()
                .filter(each -> each.getKey() >= SKIPPED && captured.containsKey(each.getKey()))
                .mapToDouble(each -> each.getValue() - captured.get(each.getKey()))
                .sorted()
                .toArray();
        if (millis.length == 0) {
            System.out.printf("| %s | nothing came |%n", door);
            return;
        }
        int all = captured.keySet().stream().mapToInt(each -> each).max().orElse(0) - SKIPPED + 1;
        System.out.printf(
                "| %s | %.0f, %.0f, %.0f ms | %d of %d |%n",
                door,
                millis[millis.length / 2],
                millis[millis.length * 9 / 10],
                millis[millis.length * 99 / 100],
                millis.length,
                all);
        assertThat(Arrays.stream(millis).min().orElseThrow()).isPositive();
    }

    /// Our own reader of frames; a frame's number is its barcode.
    private final class FrameReader extends RtspConsumer<VideoFrame> {

        private final Map<Integer, Double> times;

        FrameReader(RtspConfig config, String door, boolean own) {
            super(config, opener(config, own), new SplittableRandom());
            this.times = door(door);
        }

        private static StreamSource.Opener<VideoFrame> opener(RtspConfig config, boolean own) {
            return own
                    ? DecodedUnits.of(config, InstantSource.system(), new SplittableRandom())
                    : FfmpegFrames.of(config, InstantSource.system(), new SplittableRandom());
        }

        @Override
        protected void accept(VideoFrame frame) {
            times.putIfAbsent((int) frame.stamp().id().frameNumber(), nowMillis());
        }
    }
}
