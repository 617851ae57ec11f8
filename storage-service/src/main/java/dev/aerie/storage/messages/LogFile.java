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

/// One file of messages that wait to be filed, and what they are about.
final class LogFile {

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    /// Whose messages; `session` is null where no video flowed.
    record Speaker(String stream, @Nullable String session) {}

    private final Path path;
    private final long begunMillis;
    private final Map<Speaker, List<MessageSpan>> spans = new ConcurrentHashMap<>();

    /// - `begunMillis`: Unix time of its first message
    LogFile(Path path, long begunMillis) {
        this.path = path;
        this.begunMillis = begunMillis;
    }

    /// One that an earlier run of the service left.
    static LogFile left(Path path) throws IOException {
        var file = new LogFile(path, Files.getLastModifiedTime(path).toMillis());
        file.read(_ -> true).forEach(file::note);
        return file;
    }

    Path path() {
        return path;
    }

    long begunMillis() {
        return begunMillis;
    }

    /// What was said by each; mostly one span.
    Map<Speaker, List<MessageSpan>> spans() {
        return Map.copyOf(spans);
    }

    void note(ArchivedMessage said) {
        spans.compute(
                new Speaker(said.stream(), said.session()),
                (_, known) -> MessageSpan.with(known == null ? List.of() : known, said));
    }

    /// The messages that are wanted, in the order they came; lines that are none are left out.
    List<ArchivedMessage> read(Predicate<ArchivedMessage> wanted) throws IOException {
        var messages = new ArrayList<ArchivedMessage>();
        var wrong = new AtomicInteger();
        GzipLines.read(path, line -> {
            try {
                ArchivedMessage said = ArchivedMessage.parse(line);
                if (wanted.test(said)) {
                    messages.add(said);
                }
            } catch (MalformedMessageException e) {
                if (wrong.getAndIncrement() == 0) {
                    LOG.warn("lines left out file={} cause={}", path.getFileName(), e.getMessage());
                }
            }
        });
        return messages;
    }
}
