package dev.aerie.cli.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.auth.AuthorizationHeader;
import dev.aerie.cli.replay.ArchiveClient;
import dev.aerie.cli.rerun.PointCloud;
import dev.aerie.cli.rerun.RerunRecording;
import dev.aerie.cli.rerun.RrdWriter;
import dev.aerie.messages.MessageType;
import dev.aerie.video.AccessUnit;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie export RECORDING --mcap FILE | --rrd FILE`: exit status 0, or 1 on failure.
@Command(name = "export", description = "A recording as a file for other programs.", mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

    private static final List<String> SCHEMAS =
            Stream.of(MessageType.values()).map(MessageType::schema).toList();

    /// Frames per request for messages.
    private static final long WINDOW_FRAMES = 600;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "RECORDING", description = "its id, as GET /api/recordings lists it")
    private @Nullable String recording;

    @ArgGroup(multiplicity = "1")
    private @Nullable Target target;

    @Option(
            names = "--points",
            paramLabel = "FILE",
            description = "with --rrd: the map of the session, as slam-service wrote it (map.ply or dense.ply)")
    private Optional<Path> points = Optional.empty();

    @Option(
            names = "--fov",
            paramLabel = "DEGREES",
            description = "with --rrd: field of view of the camera from left to right, to draw its pyramid")
    private Optional<Double> fieldOfView = Optional.empty();

    @Option(names = "--storage", defaultValue = "http://127.0.0.1:5004", description = "the storage service")
    private @Nullable URI storage;

    /// The file to write, in one of two formats.
    private static final class Target {

        @Option(names = "--mcap", required = true, paramLabel = "FILE", description = "for Foxglove and others")
        private Optional<Path> mcap = Optional.empty();

        @Option(names = "--rrd", required = true, paramLabel = "FILE", description = "for Rerun " + RrdWriter.VERSION)
        private Optional<Path> rrd = Optional.empty();
    }

    /// - `environment`: `AERIE_TOKEN`, or `AERIE_USERNAME` and `AERIE_PASSWORD`, are of HTTP
    public ExportCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path file = requireNonNull(target)
                .rrd
                .or(() -> requireNonNull(target).mcap)
                .orElseThrow()
                .toAbsolutePath();
        requireOptions();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var archive = new ArchiveClient(
                requireNonNull(storage),
                requireNonNull(recording),
                AuthorizationHeader.of(environment),
                Optional.ofNullable(environment.get("TLS_CA")))) {
            String stream = archive.describe().path("stream").asText();
            var export = export(archive, stream, part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            out.println(file + ": " + export.frames() + " frames, " + export.messages() + " messages");
            return 0;
        } catch (IOException e) {
            err.println("aerie: export: " + e.getMessage());
            return 1;
        }
    }

    private void requireOptions() {
        if (requireNonNull(target).mcap.isPresent() && (points.isPresent() || fieldOfView.isPresent())) {
            throw new IllegalArgumentException("--points and --fov are of --rrd");
        }
        var _ = RerunRecording.fieldOfView(fieldOfView);
    }

    private RecordingSink sink(String stream, Path file) throws IOException {
        Optional<PointCloud> map = points.isPresent() ? Optional.of(PointCloud.read(points.get())) : Optional.empty();
        var bytes = new BufferedOutputStream(Files.newOutputStream(file));
        if (requireNonNull(target).mcap.isPresent()) {
            return new RecordingExport(new McapWriter(bytes, "Aerie"), stream);
        }
        var degrees = RerunRecording.fieldOfView(fieldOfView);
        return new RerunExport(bytes, requireNonNull(recording), stream, degrees, map);
    }

    private RecordingSink export(ArchiveClient archive, String stream, Path file)
            throws IOException, InterruptedException {
        try (var export = sink(stream, file);
                var video = archive.video(stream).open()) {
            var messages = new Messages(archive);
            long lastFrame = -1;
            try {
                while (true) {
                    AccessUnit unit = video.next();
                    var stamp = unit.stamp()
                            .orElseThrow(() -> new IOException("the recording holds a frame without identity"));
                    if (stamp.id().frameNumber() > lastFrame) { // a later segment repeats frames at its start
                        lastFrame = stamp.id().frameNumber();
                        messages.upTo(lastFrame, stamp.captureTimeNanos(), export);
                        export.add(unit, stamp);
                    }
                }
            } catch (EOFException _) {
                messages.rest(export);
                export.finish();
                return export;
            }
        }
    }

    /// The messages of the recording, fetched as the frames go by.
    private static final class Messages {

        private final ArchiveClient archive;
        private final ArrayDeque<JsonNode> waiting = new ArrayDeque<>();
        private long fetchedUpTo = -1;

        Messages(ArchiveClient archive) {
            this.archive = archive;
        }

        /// Those captured before this time.
        void upTo(long frame, long captureNanos, RecordingSink export) throws IOException {
            if (frame > fetchedUpTo) {
                long end = frame + WINDOW_FRAMES - 1;
                waiting.addAll(archive.messages(fetchedUpTo < 0 ? 0 : fetchedUpTo + 1, end, SCHEMAS));
                fetchedUpTo = end;
            }
            while (!waiting.isEmpty() && waiting.peek().path("capture_time_ns").asLong() < captureNanos) {
                export.add(waiting.remove());
            }
        }

        void rest(RecordingSink export) throws IOException {
            while (!waiting.isEmpty()) {
                export.add(waiting.remove());
            }
        }
    }
}
