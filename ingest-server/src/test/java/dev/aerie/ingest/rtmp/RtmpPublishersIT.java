package dev.aerie.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.auth.Credentials;
import dev.aerie.ingest.rtsp.ConnectionLimits;
import dev.aerie.ingest.rtsp.Program;
import dev.aerie.ingest.rtsp.RecordedPublications;
import dev.aerie.ingest.rtsp.RtspAccess;
import dev.aerie.ingest.rtsp.TestClip;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestCertificate;
import dev.aerie.video.AccessUnit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Real programs publish by RTMP; what arrives is, slice for slice, what they were given.
class RtmpPublishersIT {

    private static final String RIGHT = "?user=cam&password=right";

    private static RecordedPublications publications;
    private static RtmpServer server;

    @BeforeAll
    static void open() throws Exception {
        publications = new RecordedPublications();
        SSLContext shown = TestCertificate.server(TestCertificate.authority());
        var access = new RtspAccess(Optional.of(new Credentials("cam", "right")), Optional.empty());
        server = new RtmpServer(
                List.of(RtmpDoor.plain("127.0.0.1", 0), RtmpDoor.tls("127.0.0.1", 0, () -> shown)),
                RtmpServerConfig.of(access, 1 << 22, ConnectionLimits.defaults()),
                publications);
        server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void ffmpeg_publishesWithSound() throws Exception {
        try (var ffmpeg = ffmpeg("rtmp", 0, "ffmpeg", RIGHT)) {
            ffmpeg.expectExit(30);
        }
        expectClip("ffmpeg");
        assertThat(server.audioMessages()).isPositive();
    }

    @Test
    void ffmpeg_publishesInTls() throws Exception {
        try (var ffmpeg = ffmpeg("rtmps", 1, "ffmpeg-tls", RIGHT)) {
            ffmpeg.expectExit(30);
        }
        expectClip("ffmpeg-tls");
    }

    @Test
    void ffmpeg_withAWrongPassword_isRefused() throws Exception {
        try (var ffmpeg = ffmpeg("rtmp", 0, "wrong", "?user=cam&password=wrong")) {
            Eventually.holds("refused", Duration.ofSeconds(30), () -> !ffmpeg.isAlive());
            assertThat(ffmpeg.output()).contains("credentials are needed");
        }
        assertThat(publications.all).extracting(each -> each.stream).doesNotContain("wrong");
    }

    /// ffmpeg 5.1 knows H.265 in FLV by no FourCC: newer ones are not in Debian 12.
    @Test
    void gstreamer_publishes() throws Exception {
        assumeTrue(
                Program.isInstalled("gst-launch-1.0")
                        && Program.hasGstElement("rtmp2sink")
                        && Program.hasGstElement("flvmux"),
                "gst-launch-1.0, its rtmp2sink or flvmux is not installed");
        try (var gstreamer = Program.start(
                "gst-launch-1.0",
                "-q",
                "filesrc",
                "location=" + TestClip.shortGroupsMp4(),
                "!",
                "qtdemux",
                "!",
                "h264parse",
                "!",
                "identity",
                "sync=true",
                "!",
                "flvmux",
                "streamable=true",
                "!",
                "rtmp2sink",
                "location=" + url("rtmp", 0, "gst", RIGHT))) {
            gstreamer.expectExit(30);
        }
        expectClip("gst");
    }

    private static Program ffmpeg(String scheme, int door, String stream, String query) throws Exception {
        assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed");
        return Program.start(
                "ffmpeg",
                "-v",
                "error",
                "-re",
                "-i",
                TestClip.shortGroupsMp4().toString(),
                "-f",
                "lavfi",
                "-i",
                "sine",
                "-shortest",
                "-c:v",
                "copy",
                "-c:a",
                "aac",
                "-f",
                "flv",
                url(scheme, door, stream, query));
    }

    private static String url(String scheme, int door, String stream, String query) {
        return scheme + "://127.0.0.1:" + server.ports().get(door) + "/live/" + stream + query;
    }

    private static void expectClip(String stream) throws Exception {
        var publication = publications.all.stream()
                .filter(candidate -> candidate.stream.equals(stream))
                .findFirst()
                .orElseThrow();
        Eventually.holds("the end", Duration.ofSeconds(30), () -> !publication.endedBy.isEmpty());
        List<AccessUnit> clip = TestClip.shortGroups();
        assertThat(publication.units).hasSameSizeAs(clip);
        for (int i = 0; i < clip.size(); i++) {
            var unit = publication.units.get(i);
            assertThat(slices(unit)).as("frame %d", i).isEqualTo(slices(clip.get(i)));
            assertThat(unit.isIdr()).isEqualTo(clip.get(i).isIdr());
            long ticks = unit.ptsTicks90k() - publication.units.getFirst().ptsTicks90k();
            assertThat(ticks).as("in whole milliseconds").isBetween(i * 3000L - 180, i * 3000L + 180);
        }
    }

    private static List<ByteBuffer> slices(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(nal -> nal.isSlice())
                .map(nal -> nal.bytes())
                .toList();
    }
}
