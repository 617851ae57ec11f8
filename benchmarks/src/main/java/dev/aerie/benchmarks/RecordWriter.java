package dev.aerie.benchmarks;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import dev.aerie.host.ServiceApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A recorder of streams that does not decode.
sealed interface RecordWriter {

    String name();

    /// Reason why it cannot be measured here; empty if it can.
    Optional<String> obstacle();

    /// - `folder`: empty output folder
    @MustBeClosed
    RunningWriter start(List<URI> streams, Path folder) throws PartFailedException, InterruptedException;

    /// Our storage-service, which takes its streams from the broker.
    ///
    /// - `snapshotSeconds`: 0 for none
    record Aerie(Installation installation, RunningRelay relay, String brokerUrl, int snapshotSeconds)
            implements RecordWriter {

        @Override
        public String name() {
            return snapshotSeconds == 0 ? "aerie" : "aerie, snapshots";
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        @MustBeClosed
        public RunningWriter start(List<URI> streams, Path folder) throws PartFailedException, InterruptedException {
            int port = Ports.free();
            var settings = Map.of(
                    "API_PORT", Integer.toString(port),
                    "STREAM_NAME", "",
                    "RTSP_PORT", Integer.toString(relay.rtspPort()),
                    "RABBITMQ_URL", brokerUrl,
                    "STORAGE_PATH", folder.toString(),
                    "SNAPSHOT_INTERVAL", Integer.toString(snapshotSeconds));
            Child service = Child.start(
                    "storage-service", installation.serviceCommand("storage-service"), settings, installation.logs());
            service.awaitReady(ServiceApi.onLoopback(port)::isReady, RunningRelay.START_LIMIT);
            return new RunningWriter(name(), List.of(service));
        }
    }

    /// `ffmpeg -c copy`, one process per stream, into fragmented MP4 segments of a minute.
    record Ffmpeg(Installation installation) implements RecordWriter {

        @Override
        public String name() {
            return "ffmpeg -c copy";
        }

        @Override
        public Optional<String> obstacle() {
            try {
                var process = new ProcessBuilder("ffmpeg", "-version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor() == 0 ? Optional.empty() : Optional.of("ffmpeg does not run");
            } catch (IOException _) {
                return Optional.of("ffmpeg is not on the PATH");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        }

        @Override
        @MustBeClosed
        public RunningWriter start(List<URI> streams, Path folder) throws PartFailedException {
            var processes = new ArrayList<Child>();
            for (int i = 0; i < streams.size(); i++) {
                String file = folder.resolve("stream-" + i + "-%05d.mp4").toString();
                var command = List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-loglevel",
                        "error",
                        "-rtsp_transport",
                        "tcp",
                        "-i",
                        streams.get(i).toString(),
                        "-c",
                        "copy",
                        "-f",
                        "segment",
                        "-segment_time",
                        "60",
                        "-segment_format_options",
                        "movflags=frag_keyframe+empty_moov",
                        file);
                processes.add(Child.start("ffmpeg-" + i, command, Map.of(), installation.logs()));
            }
            return new RunningWriter(name(), List.copyOf(processes));
        }
    }
}
