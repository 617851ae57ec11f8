package dev.aerie.benchmarks;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Other RTSP servers, configured to relay without decoding and without added buffering.
final class Peer {

    private Peer() {}

    /// GStreamer's RTSP server, run by Debian's Python.
    record Gstreamer() implements BenchRelay {

        private static final String PYTHON = "/usr/bin/python3";
        private static final String SCRIPT = "gstreamer_relay.py";

        @Override
        public String server() {
            return "gstreamer";
        }

        @Override
        public Optional<String> obstacle() {
            String question = "import gi; gi.require_version('GstRtspServer', '1.0')";
            return succeeds(PYTHON, "-c", question)
                    ? Optional.empty()
                    : Optional.of("it needs gir1.2-gst-rtsp-server-1.0 and python3-gi");
        }

        @Override
        @MustBeClosed
        public RunningRelay start(RunningRelay source, String stream, Installation installation)
                throws PartFailedException, IOException, InterruptedException {
            Path script = installation.logs().resolve(SCRIPT);
            try (InputStream in = Objects.requireNonNull(Peer.class.getResourceAsStream(SCRIPT), SCRIPT)) {
                Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
            }
            int port = Ports.free();
            var command = List.of(
                    PYTHON,
                    script.toString(),
                    Integer.toString(port),
                    stream,
                    source.url(stream).toString());
            return launch(server(), command, port, installation);
        }
    }

    /// go2rtc, configured on its command line.
    record Go2rtc() implements BenchRelay {

        @Override
        public String server() {
            return "go2rtc";
        }

        @Override
        public Optional<String> obstacle() {
            return succeeds("go2rtc", "-version") ? Optional.empty() : Optional.of("it is not on the PATH");
        }

        @Override
        @MustBeClosed
        public RunningRelay start(RunningRelay source, String stream, Installation installation)
                throws PartFailedException, InterruptedException {
            int port = Ports.free();
            String settings = """
                    api:
                      listen: ""
                    webrtc:
                      listen: ""
                    rtsp:
                      listen: "127.0.0.1:%d"
                    streams:
                      %s: %s
                    """.formatted(port, stream, source.url(stream));
            return launch(server(), List.of("go2rtc", "-config", settings), port, installation);
        }
    }

    /// MediaMTX, configured by a file.
    record MediaMtx() implements BenchRelay {

        @Override
        public String server() {
            return "mediamtx";
        }

        @Override
        public Optional<String> obstacle() {
            return succeeds("mediamtx", "--version") ? Optional.empty() : Optional.of("it is not on the PATH");
        }

        @Override
        @MustBeClosed
        public RunningRelay start(RunningRelay source, String stream, Installation installation)
                throws PartFailedException, IOException, InterruptedException {
            int port = Ports.free();
            String settings = """
                    rtspAddress: 127.0.0.1:%d
                    rtspTransports: [tcp]
                    rtmp: no
                    hls: no
                    webrtc: no
                    srt: no
                    paths:
                      %s:
                        source: %s
                        rtspTransport: tcp
                    """.formatted(port, stream, source.url(stream));
            Path file = installation.logs().resolve("mediamtx.yml");
            Files.writeString(file, settings);
            return launch(server(), List.of("mediamtx", file.toString()), port, installation);
        }
    }

    @MustBeClosed
    private static RunningRelay launch(String server, List<String> command, int port, Installation installation)
            throws PartFailedException, InterruptedException {
        Child child = Child.start(server, command, Map.of(), installation.logs());
        child.awaitReady(() -> Ports.accepts("127.0.0.1", port), RunningRelay.START_LIMIT);
        return new RunningRelay(server, child, port, true);
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
