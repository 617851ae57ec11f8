package dev.aerie.storage.messages;

import dev.aerie.messages.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of the write-ahead log, and the sessions and spans of its messages.
final class LogFile {

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    /// Stream and session of a message; `session` is null where no video was published.
    record MessageSession(String stream, @Nullable String session) {}

    private final Path path;
    private final long begunMillis;
    private final Map<MessageSession, List<MessageSpan>> spans = new ConcurrentHashMap<>();

    /// - `begunMillis`: Unix time of its first message
    LogFile(Path path, long begunMillis) {
        this.path = path;
        this.begunMillis = begunMillis;
    }

    /// A log file that an earlier run of the service left.
    static LogFile recovered(Path path) throws IOException {
        var file = new LogFile(path, Files.getLastModifiedTime(path).toMillis());
        file.read(_ -> true).forEach(file::addToSpans);
        return file;
    }

    Path path() {
        return path;
    }

    long begunMillis() {
        return begunMillis;
    }

    /// The spans of each session's messages; usually one.
    Map<MessageSession, List<MessageSpan>> spans() {
        return Map.copyOf(spans);
    }

    void addToSpans(ArchivedMessage message) {
        spans.compute(
                new MessageSession(message.stream(), message.session()),
                (_, known) -> MessageSpan.with(known == null ? List.of() : known, message));
    }

    /// The `wanted` messages in order of arrival; malformed lines are skipped.
    List<ArchivedMessage> read(Predicate<ArchivedMessage> wanted) throws IOException {
        var messages = new ArrayList<ArchivedMessage>();
        var malformed = new AtomicInteger();
        GzipLines.read(path, line -> {
            try {
                ArchivedMessage message = ArchivedMessage.parse(line);
                if (wanted.test(message)) {
                    messages.add(message);
                }
            } catch (MalformedMessageException e) {
                if (malformed.getAndIncrement() == 0) {
                    LOG.warn("malformed lines skipped file={} cause={}", path.getFileName(), e.getMessage());
                }
            }
        });
        return messages;
    }
}
