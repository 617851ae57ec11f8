package dev.aerie.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.MessageType;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `./aerie replay RECORDING`: shows a recording again; exit status 0, or 1 where that failed or results differ.
public final class ReplayCommand {

    private static final List<String> RESULTS =
            List.of(MessageType.FRAME_RESULT.schema(), MessageType.POSE.schema(), MessageType.IDENTIFICATION.schema());
    private static final Duration AUDIENCE = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 50;
    private static final int DIFFERENCES_SHOWN = 20;

    private final ReplayOptions options;
    private final PrintStream out;
    private final PrintStream err;

    public ReplayCommand(ReplayOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    public int run() throws InterruptedException {
        try (var archive = new ArchiveClient(options)) {
            JsonNode recording = archive.describe();
            String session = recording.path("session").asText();
            String stream = options.stream().orElse(recording.path("stream").asText());
            out.println("replay of " + session + " as " + stream + ", " + number(options.speed()) + "×, "
                    + recording.path("frames").asLong() + " frames");
            return options.compare() ? compared(archive, session, stream) : shown(archive, session, stream);
        } catch (IOException e) {
            err.println("aerie: replay: " + e.getMessage());
            return 1;
        }
    }

    private int shown(ArchiveClient archive, String session, String stream) throws IOException, InterruptedException {
        report(show(archive, stream), session, Optional.empty());
        return 0;
    }

    private int compared(ArchiveClient archive, String session, String stream)
            throws IOException, InterruptedException {
        try (var resultCollector = new ResultCollector(options.broker(), session)) {
            resultCollector.awaitListening();
            ReplaySender.Sent sent = show(archive, stream);
            resultCollector.expectMore();
            List<JsonNode> replayed = resultCollector.awaitSilence(SILENCE);
            List<JsonNode> recorded = archive.messages(sent.firstFrame(), sent.lastFrame(), RESULTS);
            var comparison = Comparison.of(recorded, replayed);
            report(sent, session, Optional.of(comparison));
            return comparison.differences().isEmpty() ? 0 : 1;
        }
    }

    private ReplaySender.Sent show(ArchiveClient archive, String stream) throws IOException, InterruptedException {
        try (var video = archive.video(stream).open(); // before the line: the ingest ends a stream that is silent
                var connection = ReplayConnection.open(options, stream)) {
            var sent = new ReplaySender(archive, connection, options.speed()).show(video, () -> awaitReader(stream));
            connection.finish();
            return sent;
        }
    }

    /// Waits until somebody reads the stream, not for long, and a moment more for the others.
    private void awaitReader(String stream) throws InterruptedException {
        var ingest = new ServiceApi(options.ingest());
        long deadline = System.nanoTime() + AUDIENCE.toNanos();
        while (System.nanoTime() < deadline && readers(ingest, stream) == 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        TimeUnit.MILLISECONDS.sleep(SETTLED.toMillis());
    }

    private static long readers(ServiceApi ingest, String stream) {
        try {
            return ingest.json("/api/streams/" + stream).path("readers").asLong();
        } catch (IOException _) {
            return 0;
        }
    }

    private void report(ReplaySender.Sent sent, String session, Optional<Comparison> comparison) {
        out.println("shown: " + sent.frames() + " frames, frames " + sent.firstFrame() + " to " + sent.lastFrame()
                + ", " + sent.measurements() + " measurements");
        comparison.ifPresent(found -> {
            out.println("results: " + found.same() + " the same, "
                    + found.differences().size() + " differ, " + found.onlyRecorded() + " only recorded, "
                    + found.onlyReplayed() + " only now");
            found.differences().stream().limit(DIFFERENCES_SHOWN).forEach(line -> out.println("  " + line));
        });
        if (options.json()) {
            out.println(json(sent, session, comparison));
        }
    }

    private String json(ReplaySender.Sent sent, String session, Optional<Comparison> comparison) {
        var answer = ArchiveClient.JSON.createObjectNode();
        answer.put("session", session).put("speed", options.speed());
        answer.put("frames", sent.frames())
                .put("first_frame", sent.firstFrame())
                .put("last_frame", sent.lastFrame());
        answer.put("measurements", sent.measurements());
        comparison.ifPresent(found -> answer.put("same", found.same())
                .put("differing", found.differences().size())
                .put("only_recorded", found.onlyRecorded())
                .put("only_replayed", found.onlyReplayed()));
        return answer.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
