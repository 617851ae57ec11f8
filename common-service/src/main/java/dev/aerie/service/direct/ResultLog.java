package dev.aerie.service.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/// Results as lines of JSON in the log, for a worker without a broker: of each kind about each stream one in a while,
/// without masks and polygons, which would fill it. What is between them is left to files.
///
/// Safe for several threads.
public final class ResultLog {

    /// The logger's name, so that a log can be set up to hold nothing else.
    public static final String LOGGER = "dev.aerie.results";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOO_LONG = List.of("mask", "polygon");

    private final long everyNanos;
    private final LongSupplier nanoTime;
    private final Consumer<String> lines;
    private final Map<String, Long> lastNanos = new ConcurrentHashMap<>();

    /// - `every`: at least so long from one line to the next; zero for each message
    public ResultLog(Duration every) {
        this(every, System::nanoTime, LoggerFactory.getLogger(LOGGER)::info);
    }

    ResultLog(Duration every, LongSupplier nanoTime, Consumer<String> lines) {
        this.everyNanos = every.toNanos();
        this.nanoTime = nanoTime;
        this.lines = lines;
    }

    public void take(Message message) {
        if (isDue(message.getClass().getName() + " " + message.envelope().stream())) {
            write(Messages.write(message));
        }
    }

    /// A message as it would go out, whatever its kind.
    public void write(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body);
            for (JsonNode object : message.path("objects")) {
                ((ObjectNode) object).remove(TOO_LONG);
            }
            lines.accept(JSON.writeValueAsString(message));
        } catch (IOException e) {
            throw new UncheckedIOException("a message of ours is no JSON", e);
        }
    }

    private boolean isDue(String key) {
        long now = nanoTime.getAsLong();
        var due = new boolean[1];
        lastNanos.compute(key, (_, last) -> {
            due[0] = last == null || now - last >= everyNanos;
            return due[0] ? Long.valueOf(now) : last;
        });
        return due[0];
    }
}
