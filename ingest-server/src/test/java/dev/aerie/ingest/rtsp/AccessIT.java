package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.auth.Credentials;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Credentials, sessions and refusals, asked for by real programs and by hand.
class AccessIT {

    private static RelayUnderTest relay;

    @BeforeAll
    static void open() throws Exception {
        var access = new RtspAccess(
                Optional.of(new Credentials("camera", "p:ub\"lish")), Optional.of(new Credentials("reader", "re ad")));
        relay = new RelayUnderTest(RtspServerConfig.defaults("127.0.0.1", 0).withAccess(access));
        relay.loop("drone", TestClip.shortGroups());
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    @Test
    void ffprobe_withCredentials_reads() throws Exception {
        assumeTrue(Program.isInstalled("ffprobe"), "ffprobe is not installed");
        try (var ffprobe = Program.start("ffprobe", "-v", "error", "-show_streams", url("reader:re%20ad@"))) {
            assertThat(ffprobe.expectExit(20)).contains("codec_name=h264");
        }
    }

    @Test
    void ffprobe_withWrongCredentials_isRefused() throws Exception {
        assumeTrue(Program.isInstalled("ffprobe"), "ffprobe is not installed");
        try (var ffprobe = Program.start("ffprobe", "-v", "error", "-show_streams", url("reader:wrong@"))) {
            RelayUnderTest.until("refused", Duration.ofSeconds(60), () -> !ffprobe.isAlive());
            assertThat(ffprobe.output()).contains("401 Unauthorized");
        }
    }

    @Test
    void gstreamer_withCredentials_reads() throws Exception {
        assumeTrue(Program.isInstalled("gst-launch-1.0"), "gst-launch-1.0 is not installed");
        try (var gstreamer = Program.start(
                "gst-launch-1.0",
                "-v",
                "rtspsrc",
                "location=" + relay.url("drone"),
                "protocols=tcp",
                "user-id=reader",
                "user-pw=re ad",
                "!",
                "rtph264depay",
                "!",
                "fakesink",
                "silent=false")) {
            gstreamer.expectOutput("last-message = chain", 5, Duration.ofSeconds(20));
        }
    }

    @Test
    void ffmpeg_publishesWithThePublishersCredentials_notTheReaders() throws Exception {
        assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed");
        String right = relay.url("cam").replace("://", "://camera:p%3Aub%22lish@");
        try (var ffmpeg = Program.start(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                TestClip.shortGroupsFile().toString(),
                "-t",
                "0.5",
                "-c",
                "copy",
                "-f",
                "rtsp",
                "-rtsp_transport",
                "tcp",
                right)) {
            ffmpeg.expectExit(20);
        }
        assertThat(relay.publications.all)
                .extracting(publication -> publication.stream)
                .containsExactly("cam");
        String wrong = relay.url("cam").replace("://", "://reader:re%20ad@");
        try (var ffmpeg = Program.start(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                TestClip.shortGroupsFile().toString(),
                "-c",
                "copy",
                "-f",
                "rtsp",
                "-rtsp_transport",
                "tcp",
                wrong)) {
            RelayUnderTest.until("refused", Duration.ofSeconds(60), () -> !ffmpeg.isAlive());
            assertThat(ffmpeg.output()).contains("401 Unauthorized");
        }
    }

    @Test
    void requests_outOfOrderOrNonsense_areToldSo() throws Exception {
        try (var open = RelayUnderTest.open();
                var client = new RawClient(open.server.port())) {
            open.loop("drone", TestClip.shortGroups());
            String url = open.url("drone");
            assertThat(client.request("OPTIONS", "*").headers().get("Public")).contains("DESCRIBE", "ANNOUNCE");
            assertThat(client.request("DESCRIBE", open.url("nobody")).status()).isEqualTo(404);
            assertThat(client.request("DESCRIBE", url).body()).contains("sprop-parameter-sets=");
            assertThat(client.request("PLAY", url).status()).isEqualTo(455);
            assertThat(client.request("SETUP", url, "Transport: RTP/AVP;multicast")
                            .status())
                    .isEqualTo(461);
            assertThat(client.request("FLY", url).status()).isEqualTo(501);
            assertThat(client.request("TEARDOWN", url, "Session: 1").status()).isEqualTo(454);
            var setup = client.request("SETUP", url + "/trackID=0", "Transport: RTP/AVP/TCP;interleaved=6-7");
            assertThat(setup.headers().get("Transport")).contains("interleaved=6-7");
            String session = "Session: " + setup.headers().get("Session").split(";", 2)[0];
            assertThat(client.request("PLAY", url, session).status()).isEqualTo(200);
            assertThat(client.packet().channel()).isEqualTo(7);
            assertThat(client.packet().channel()).isEqualTo(6);
            assertThat(client.request("GET_PARAMETER", url, session).status()).isEqualTo(200);
            assertThat(client.request("PAUSE", url, session).status()).isEqualTo(200);
            assertThat(client.request("PLAY", url, session).status()).isEqualTo(200);
            assertThat(client.request("TEARDOWN", url, session).status()).isEqualTo(200);
            assertThat(open.server.stats().streams().getFirst().readers()).isEmpty();
        }
    }

    @Test
    void connectionWithoutASignOfLife_isClosed() throws Exception {
        var second = Duration.ofSeconds(1);
        var timeouts = new RtspTimeouts(Duration.ofMillis(200), second, second, second, second);
        try (var open = new RelayUnderTest(
                        RtspServerConfig.defaults("127.0.0.1", 0).withTimeouts(timeouts));
                var client = new RawClient(open.server.port())) {
            assertThat(client.request("OPTIONS", "*").status()).isEqualTo(200);
            RelayUnderTest.until(
                    "closed", Duration.ofSeconds(30), () -> open.server.stats().connections() == 0);
        }
    }

    @Test
    void silentPublisher_isEndedWithTheCause() throws Exception {
        var second = Duration.ofSeconds(1);
        var timeouts = new RtspTimeouts(Duration.ofSeconds(60), Duration.ofMillis(200), second, second, second);
        try (var open = new RelayUnderTest(
                        RtspServerConfig.defaults("127.0.0.1", 0).withTimeouts(timeouts));
                var client = new RawClient(open.server.port())) {
            String url = open.url("cam");
            String sdp = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:streamid=0\r\n";
            client.send(
                    "ANNOUNCE " + url + " RTSP/1.0\r\nCSeq: 1\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.request("SETUP", url + "/streamid=0", "Transport: RTP/AVP/TCP;mode=record")
                            .status())
                    .isEqualTo(200);
            assertThat(client.request("RECORD", url).status()).isEqualTo(200);
            var publication = open.publications.all.getFirst();
            RelayUnderTest.until("ended", Duration.ofSeconds(30), () -> !publication.endedBy.isEmpty());
            assertThat(publication.endedBy).isEqualTo("silent for 200 ms");
        }
    }

    private static String url(String credentials) {
        return relay.url("drone").replace("://", "://" + credentials);
    }
}
