package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GStreamer's RTSP server pulls from ours and serves it on; FFmpeg reads that.
class GstServerIT {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String PROXY = """
            import gi, sys
            gi.require_version('Gst', '1.0')
            gi.require_version('GstRtspServer', '1.0')
            from gi.repository import Gst, GstRtspServer, GLib
            Gst.init(None)
            server = GstRtspServer.RTSPServer()
            server.set_address('127.0.0.1')
            server.set_service('0')
            factory = GstRtspServer.RTSPMediaFactory()
            factory.set_launch('( rtspsrc location=%s latency=0 protocols=tcp ! rtph264depay ! h264parse ! '
                               'rtph264pay name=pay0 pt=96 config-interval=-1 )' % sys.argv[1])
            factory.set_shared(True)
            server.get_mount_points().add_factory('/proxy', factory)
            server.attach(None)
            print('port', server.get_bound_port(), flush=True)
            GLib.MainLoop().run()
            """;

    @Test
    void gstRtspServer_pullsAndServes(@TempDir Path folder) throws Exception {
        assumeTrue(isServerInstalled(), "GStreamer's RTSP server for /usr/bin/python3 is not installed");
        Path script = Files.writeString(folder.resolve("proxy.py"), PROXY);
        try (var relay = RelayUnderTest.open()) {
            relay.loop("drone", TestClip.shortGroups());
            try (var proxy = Program.start(PYTHON, script.toString(), relay.url("drone"))) {
                RelayUnderTest.until(
                        "it listens",
                        Duration.ofSeconds(20),
                        () -> proxy.output().contains("port "));
                String port = proxy.output()
                        .lines()
                        .filter(line -> line.startsWith("port "))
                        .findFirst()
                        .orElseThrow()
                        .substring(5);
                try (var ffmpeg = Program.start(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-rtsp_transport",
                        "tcp",
                        "-i",
                        "rtsp://127.0.0.1:" + port + "/proxy",
                        "-frames:v",
                        "30",
                        "-f",
                        "null",
                        "-")) {
                    assertThat(ffmpeg.expectExit(30)).doesNotContain("error");
                }
            }
        }
    }

    private static boolean isServerInstalled() throws Exception {
        return Files.isExecutable(Path.of(PYTHON))
                && Program.isInstalled("ffmpeg")
                && new ProcessBuilder(
                                        PYTHON,
                                        "-c",
                                        "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer")
                                .start()
                                .waitFor()
                        == 0;
    }
}
