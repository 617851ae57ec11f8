package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real players read the relay.
class PlayersIT {

    private static RelayUnderTest relay;

    @BeforeAll
    static void publish() throws Exception {
        relay = RelayUnderTest.open();
        relay.loop("drone", TestClip.shortGroups());
        relay.loop("h265", TestClip.h265Groups());
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, drone, 'h264,320,240,30/1'",
        "udp, drone, 'h264,320,240,30/1'",
        "tcp, h265, 'hevc,320,240,(29|30|31)/1'",
        "udp, h265, 'hevc,320,240,(29|30|31)/1'"
    })
    void ffprobe_readsSizeCodecAndRate(String transport, String stream, String expected) throws Exception {
        assumeTrue(Program.isInstalled("ffprobe"), "ffprobe is not installed");
        try (var ffprobe = Program.start(
                "ffprobe",
                "-v",
                "error",
                "-rtsp_transport",
                transport,
                "-show_entries",
                "stream=codec_name,width,height,r_frame_rate",
                "-of",
                "csv=p=0",
                relay.url(stream))) {
            // H.265's rate is ffprobe's guess by the frames' times, closer together after a halt of the machine.
            assertThat(ffprobe.expectExit(20)).containsPattern(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp,drone", "udp,drone", "tcp,drone?aud=0", "udp,drone?aud=0", "tcp,h265", "udp,h265", "tcp,h265?aud=0"
    })
    void ffmpeg_decodesEveryFrameWithoutComplaint(String transport, String stream) throws Exception {
        assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed");
        try (var ffmpeg = Program.start(
                "ffmpeg",
                "-v",
                "warning",
                "-rtsp_transport",
                transport,
                "-i",
                relay.url(stream),
                "-frames:v",
                "45",
                "-f",
                "null",
                "-")) {
            assertThat(ffmpeg.expectExit(20)).doesNotContain("missed", "error", "Invalid", "non-monoton");
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, drone, h264", "udp, drone, h264", "tcp, h265, h265", "udp, h265, h265"})
    void gstreamer_decodesFrames(String transport, String stream, String codec) throws Exception {
        assumeTrue(Program.isInstalled("gst-launch-1.0"), "gst-launch-1.0 is not installed");
        try (var gstreamer = Program.start(
                "gst-launch-1.0",
                "-v",
                "rtspsrc",
                "location=" + relay.url(stream),
                "protocols=" + transport,
                "latency=0",
                "!",
                "rtp" + codec + "depay",
                "!",
                codec + "parse",
                "!",
                "avdec_" + codec,
                "!",
                "fakesink",
                "silent=false",
                "sync=false")) {
            gstreamer.expectOutput("last-message = chain", 45, Duration.ofSeconds(20));
        }
    }

    /// Debian builds VLC without its own RTSP client: it reads through its FFmpeg. VLC refuses to run as root.
    @ParameterizedTest
    @ValueSource(strings = {"drone", "h265"})
    void vlc_decodesFrames(String stream, @TempDir Path folder) throws Exception {
        assumeTrue(Program.isInstalled("cvlc") && Program.isInstalled("setpriv"), "cvlc or setpriv is not installed");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (var vlc = Program.start(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "env",
                "HOME=" + folder,
                "cvlc",
                "-q",
                "--demux=avformat",
                "--avformat-format=rtsp",
                "--vout=dummy",
                "--no-audio",
                "--video-filter=scene",
                "--scene-format=png",
                "--scene-ratio=10",
                "--scene-path=" + folder,
                "--run-time=2",
                relay.url(stream),
                "vlc://quit")) {
            vlc.expectExit(20);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".png"))).hasSizeGreaterThan(2);
        }
    }
}
