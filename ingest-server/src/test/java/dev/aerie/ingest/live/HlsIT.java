package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.ingest.transcode.BrowserStreams;
import dev.aerie.video.AccessUnit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// HLS of a running server: ffmpeg plays it, and requests for what is to come are answered when it has come.
@QuarkusTest
final class HlsIT {

    private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
    private static final int FRAMES = 20;

    /// Of ffmpeg 5.1, which reads the map again after each reload of the playlist.
    private static final String MAP_READ_AGAIN = "Found duplicated MOOV Atom. Skipped it";

    private static List<AccessUnit> clip = List.of();

    @Inject
    Streams streams;

    @Inject
    ResultHub hub;

    @Inject
    Relay relay;

    @Inject
    BrowserStreams browserStreams;

    @TestHTTPResource("/hls/")
    URI address;

    @BeforeAll
    static void encode() throws Exception {
        clip = BarcodeClip.encode(300, BarcodeDrone.RATE, BarcodeDrone.RATE);
    }

    @Test
    void playlist_runningStream_isPlayedByFfmpegWithoutComplaint() throws Exception {
        isPlayed("hls-player", clip);
    }

    /// By the path that its RTSP address has, too, and by one segment of it.
    @Test
    void playlist_ofAnnotatedVideo_isPlayedByFfmpeg() throws Exception {
        isPlayed("hls-drawn/overlay", clip);
        isPlayed("hls-drawn-too%2Foverlay", "hls-drawn-too/overlay", clip);
    }

    /// The browsers that play it decode H.264.
    @Test
    void playlist_ofH265_isPlayedByFfmpegWithoutComplaint() throws Exception {
        isPlayed("hls-h265", BarcodeClip.inH265(clip, BarcodeDrone.RATE, BarcodeDrone.RATE));
    }

    /// The two transcoders of this server are in use, and this player would need a third.
    @Test
    void playlist_ofH265WithoutATranscoderLeft_isRefusedWithASentence() throws Exception {
        var first = relay.open("busy-1");
        var second = relay.open("busy-2");
        var third = relay.open("busy-3");
        try {
            for (RelayStream stream : List.of(first, second, third)) {
                stream.publish(TestVideo.h265Units().getFirst());
            }
            assertThat(browserStreams.readable("busy-1")).isPresent();
            assertThat(browserStreams.readable("busy-2")).isPresent();
            var answer = get("busy-3/index.m3u8");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("This stream is H.265", "TRANSCODERS");
        } finally {
            List.of(first, second, third).forEach(relay::close);
            browserStreams.tick();
        }
    }

    private void isPlayed(String stream, List<AccessUnit> clip) throws Exception {
        isPlayed(stream, stream, clip);
    }

    private void isPlayed(String path, String stream, List<AccessUnit> clip) throws Exception {
        assumeTrue(Files.isExecutable(FFMPEG), "skipped: no ffmpeg on this machine");
        try (var drone = new BarcodeDrone(streams, hub, clip, false)) {
            drone.start(stream);

            var player = new ProcessBuilder(
                            FFMPEG.toString(),
                            "-v",
                            "warning",
                            "-live_start_index",
                            "0",
                            "-i",
                            address.resolve(path + "/index.m3u8").toString(),
                            "-frames:v",
                            Integer.toString(FRAMES),
                            "-f",
                            "framemd5",
                            "-")
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = player.inputReader()
                    .lines()
                    .filter(line -> !line.endsWith(MAP_READ_AGAIN))
                    .toList();

            assertThat(player.waitFor()).as("%s", lines).isZero();
            assertThat(lines.stream().filter(line -> !line.startsWith("#")))
                    .hasSize(FRAMES)
                    .allMatch(line -> line.matches("0, .*"));
        }
    }

    @Test
    void playlist_reloadForThePartToCome_isAnsweredWhenItHasCome() throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, clip, false)) {
            drone.start("hls-parts");
            String playlist = get("hls-parts/index.m3u8").body();
            var next = Pattern.compile("PRELOAD-HINT:TYPE=PART,URI=\"part-([0-9]+)-([0-9]+)\\.m4s\"")
                    .matcher(playlist);
            assertThat(next.find()).as(playlist).isTrue();

            var later = get("hls-parts/index.m3u8?_HLS_msn=" + next.group(1) + "&_HLS_part=" + next.group(2));

            assertThat(later.statusCode()).isEqualTo(200);
            assertThat(later.headers().firstValue("content-type")).contains("application/vnd.apple.mpegurl");
            assertThat(later.body().length()).isGreaterThan(playlist.length() / 2);
            assertThat(later.body()).isNotEqualTo(playlist);
        }
    }

    @Test
    void get_whatIsNotThere_isRefusedWithTheReason() throws Exception {
        assertThat(get("nobody/index.m3u8").body()).contains("no live stream has this name");
        try (var drone = new BarcodeDrone(streams, hub, clip, false)) {
            drone.start("hls-errors");
            assertThat(get("hls-errors/index.m3u8").statusCode()).isEqualTo(200);
            assertThat(get("hls-errors/other.txt").statusCode()).isEqualTo(404);
            assertThat(get("hls-errors/seg-1.m4s").statusCode()).isEqualTo(404);
            assertThat(get("hls-errors/index.m3u8?_HLS_msn=x").statusCode()).isEqualTo(400);
            assertThat(get("hls-errors/index.m3u8?_HLS_msn=99999999999").statusCode())
                    .isEqualTo(503);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
        }
    }
}
