package dev.aerie.messages.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// An RTSP server that is not ours: GStreamer's, which shows a white ball that flies about.
public final class GstServer implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String IMPORTS = """
            import gi, sys
            gi.require_version('Gst', '1.0')
            gi.require_version('GstRtspServer', '1.0')
            from gi.repository import Gst, GstRtspServer, GLib
            Gst.init(None)
            """;
    private static final String SERVE = IMPORTS + """
            server = GstRtspServer.RTSPServer()
            server.set_address('127.0.0.1')
            server.set_service('0')
            factory = GstRtspServer.RTSPMediaFactory()
            factory.set_launch('( videotestsrc is-live=true pattern=ball ! '
                               'video/x-raw,width=320,height=240,framerate=15/1 ! '
                               'x264enc tune=zerolatency key-int-max=15 ! rtph264pay name=pay0 pt=96 )')
            factory.set_shared(True)
            server.get_mount_points().add_factory('/live', factory)
            server.attach(None)
            open(sys.argv[1], 'w').write(str(server.get_bound_port()) + '\\n')
            GLib.MainLoop().run()
            """;

    private final KillableReplica process;
    private final int port;

    private GstServer(KillableReplica process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Serves from now on; a test without GStreamer is skipped with a line.
    ///
    /// - `folder`: for its files
    public static GstServer start(Path folder) throws IOException, InterruptedException {
        assumeTrue(
                isInstalled(), "skipped: GStreamer's RTSP server for /usr/bin/python3, or x264enc, is not installed");
        Path script = Files.writeString(folder.resolve("serve.py"), SERVE);
        Path port = folder.resolve("port.txt");
        var process = KillableReplica.run(
                List.of(PYTHON, script.toString(), port.toString()), Map.of(), folder.resolve("gstreamer.log"));
        Eventually.holds("GStreamer serves", LIMIT, () -> number(port) > 0);
        return new GstServer(process, number(port));
    }

    public int port() {
        return port;
    }

    public String url() {
        return "rtsp://127.0.0.1:" + port + "/live";
    }

    @Override
    public void close() {
        process.close();
    }

    /// Empty, and so 0, until it is written to its end.
    private static int number(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.endsWith("\n") ? Integer.parseInt(text.strip()) : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        String check = IMPORTS + "sys.exit(Gst.ElementFactory.find('x264enc') is None)";
        try {
            return new ProcessBuilder(PYTHON, "-c", check)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
