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

/// Writes results as JSON lines to the log, for a worker without a broker. At most one message per message type and
/// stream is written in each interval, without masks and polygons, which would fill the log. The messages in between
/// are not logged.
///
/// Safe for several threads.
public final class ResultLog {

    /// Name of the logger, so that a log can be configured to contain results only.
    public static final String LOGGER = "dev.aerie.results";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOO_LONG = List.of("mask", "polygon");

    private final long everyNanos;
    private final LongSupplier nanoTime;
    private final Consumer<String> lines;
    private final Map<String, Long> lastNanos = new ConcurrentHashMap<>();

    /// - `every`: minimum time between two lines; zero logs each message
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

    /// Writes any message, given as the JSON that would be published.
    public void write(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body);
            for (JsonNode object : message.path("objects")) {
                ((ObjectNode) object).remove(TOO_LONG);
            }
            lines.accept(JSON.writeValueAsString(message));
        } catch (IOException e) {
            throw new UncheckedIOException("our own message is not valid JSON", e);
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
