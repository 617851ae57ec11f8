package dev.aerie.cli.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.auth.AuthorizationHeader;
import dev.aerie.cli.bus.BrokerChoice;
import dev.aerie.host.Installation;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.MessageType;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie replay RECORDING`: replays a recording; exit status 0, or 1 on failure or different results.
@Command(
        name = "replay",
        description = "A recording through the fleet again, under its old identities.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    private static final List<String> RESULTS =
            List.of(MessageType.FRAME_RESULT.schema(), MessageType.POSE.schema(), MessageType.IDENTIFICATION.schema());
    private static final Duration AUDIENCE = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 50;
    private static final double MAX_SPEED = 100;
    private static final int DIFFERENCES_SHOWN = 20;

    private final Map<String, String> environment;
    private final Installation installation;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "RECORDING", description = "its id, as GET /api/recordings lists it")
    private @Nullable String recording;

    @Option(names = "--speed", defaultValue = "1", paramLabel = "N", description = "1 is the original speed")
    private double speed;

    @Option(names = "--compare", description = "print what differs from the recorded results")
    private boolean compare;

    @Option(names = "--stream", paramLabel = "NAME", description = "publish it under another name")
    private Optional<String> publishAs = Optional.empty();

    @Option(names = "--storage", defaultValue = "http://127.0.0.1:5004", description = "the storage service")
    private @Nullable URI storage;

    @Option(names = "--ingest", defaultValue = "http://127.0.0.1:5001", description = "the ingest server")
    private @Nullable URI ingest;

    @Option(names = "--json", description = "one JSON object on the last line")
    private boolean json;

    /// - `environment`: `RABBITMQ_URL` is the broker; `AERIE_TOKEN`, or `AERIE_USERNAME` and `AERIE_PASSWORD`,
    ///   are of HTTP
    public ReplayCommand(Map<String, String> environment, Installation installation, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.installation = installation;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(speed > 0 && speed <= MAX_SPEED)) {
            throw new IllegalArgumentException("--speed is above 0 and at most 100");
        }
        try (var archive = new ArchiveClient(
                requireNonNull(storage),
                requireNonNull(recording),
                AuthorizationHeader.of(environment),
                Optional.ofNullable(environment.get("TLS_CA")))) {
            JsonNode described = archive.describe();
            String session = described.path("session").asText();
            String stream = publishAs.orElse(described.path("stream").asText());
            out.println("replay of " + session + " as " + stream + ", " + number(speed) + "×, "
                    + described.path("frames").asLong() + " frames");
            return compare ? compared(archive, session, stream) : shown(archive, session, stream);
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
        try (var resultCollector = new ResultCollector(BrokerChoice.url(environment, installation), session)) {
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
        try (var video = archive.video(stream).open(); // before the connection: the ingest ends an idle stream
                var connection =
                        ReplayConnection.open(requireNonNull(ingest), AuthorizationHeader.of(environment), stream)) {
            var sent = new ReplaySender(archive, connection, speed).show(video, () -> awaitReader(stream));
            connection.finish();
            return sent;
        }
    }

    /// Waits for the first reader of the stream, with a limit, and a moment more for the others.
    private void awaitReader(String stream) throws InterruptedException {
        var api = new ServiceApi(requireNonNull(ingest));
        long deadline = System.nanoTime() + AUDIENCE.toNanos();
        while (System.nanoTime() < deadline && readers(api, stream) == 0) {
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
        out.println("replayed: " + sent.frames() + " frames, frames " + sent.firstFrame() + " to " + sent.lastFrame()
                + ", " + sent.measurements() + " measurements");
        comparison.ifPresent(found -> {
            out.println("results: " + found.same() + " the same, "
                    + found.differences().size() + " differ, " + found.onlyRecorded() + " only recorded, "
                    + found.onlyReplayed() + " only replayed");
            found.differences().stream().limit(DIFFERENCES_SHOWN).forEach(line -> out.println("  " + line));
        });
        if (json) {
            out.println(json(sent, session, comparison));
        }
    }

    private String json(ReplaySender.Sent sent, String session, Optional<Comparison> comparison) {
        var answer = ArchiveClient.JSON.createObjectNode();
        answer.put("session", session).put("speed", speed);
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
