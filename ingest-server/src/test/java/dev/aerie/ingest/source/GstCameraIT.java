package dev.aerie.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.video.FrameSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pulls from a camera that is not ours: GStreamer's RTSP server with user and password.
final class GstCameraIT {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String IMPORTS = """
        import gi, sys
        gi.require_version('Gst', '1.0')
        gi.require_version('GstRtsp', '1.0')
        gi.require_version('GstRtspServer', '1.0')
        from gi.repository import Gst, GstRtsp, GstRtspServer, GLib
        """;
    private static final String CAMERA = IMPORTS + """
        Gst.init(None)
        server = GstRtspServer.RTSPServer()
        server.set_address('127.0.0.1')
        server.set_service('0')
        token = GstRtspServer.RTSPToken()
        token.set_string('media.factory.role', 'viewer')
        auth = GstRtspServer.RTSPAuth()
        if sys.argv[1] == 'digest':
            auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
            auth.add_digest('user', 'secret', token)
        else:
            auth.add_basic(GstRtspServer.RTSPAuth.make_basic('user', 'secret'), token)
        server.set_auth(auth)
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch('( ' + sys.argv[2] + ' name=pay0 pt=96 )')
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role('viewer', 'media.factory.access', True)
        permissions.add_permission_for_role('viewer', 'media.factory.construct', True)
        factory.set_permissions(permissions)
        server.get_mount_points().add_factory('/cam', factory)
        server.attach(None)
        print(server.get_bound_port(), flush=True)
        GLib.MainLoop().run()
        """;

    private static final String H264 = "videotestsrc is-live=true ! video/x-raw,width=160,height=96,framerate=30/1 ! "
            + "x264enc tune=zerolatency key-int-max=15 ! rtph264pay";

    /// Parameter sets in aggregates.
    private static final String H265 =
            " ! qtdemux ! h265parse config-interval=-1 ! " + "rtph265pay aggregate-mode=zero-latency";

    private final Streams streams = new Streams(
            new Relay(),
            new StreamLimits(8, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));

    @ParameterizedTest
    @CsvSource({"digest, tcp", "basic, tcp", "digest, udp"})
    void rtsp_fromGStreamer_isPulled(String method, String transport, @TempDir Path folder) throws Exception {
        isPulled(method, transport, H264, "avc1", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void rtsp_h265FromGStreamer_isPulled(String transport, @TempDir Path folder) throws Exception {
        Path clip = SourcesIT.make(folder.resolve("clip.mp4"), "testsrc=s=160x96:r=30:d=4", "libx265");
        isPulled("digest", transport, "filesrc location=" + clip + H265, "hvc1", folder);
    }

    private void isPulled(String method, String transport, String camera, String codec, Path folder) throws Exception {
        assumeTrue(isInstalled(), "GStreamer's RTSP server for /usr/bin/python3, or its x264enc, is not installed");
        Path script = Files.writeString(folder.resolve("camera.py"), CAMERA);
        var process = new ProcessBuilder(PYTHON, script.toString(), method, camera)
                .redirectError(folder.resolve("camera.log").toFile())
                .start();
        var rules = new SourceRules(folder, new SourceHosts(List.of()));
        var inputs = new SourceInputs(Duration.ofSeconds(3), streams::unixNanos, rules, VideoDecoders.SOFTWARE);
        try (var sources = new Sources(inputs, streams, 8);
                BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String url = "rtsp://user:secret@127.0.0.1:" + output.readLine() + "/cam";
            sources.put("gst", new SourceSpec.RtspPull(List.of(url), transport));
            Eventually.holds("frames", () -> frames() > 10);
            var snapshot = streams.find("gst").orElseThrow().snapshot();
            assertThat(snapshot.format().orElseThrow().size()).isEqualTo(new FrameSize(160, 96));
            assertThat(snapshot.format().orElseThrow().codec()).startsWith(codec);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private long frames() {
        return streams.find("gst")
                .map(held -> held.snapshot().totals().frames())
                .orElse(0L);
    }

    private static boolean isInstalled() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(
                                        PYTHON,
                                        "-c",
                                        IMPORTS + "Gst.init(None); assert Gst.ElementFactory.find('x264enc')")
                                .start()
                                .waitFor()
                        == 0;
    }
}
