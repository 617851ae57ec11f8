package dev.aerie.storage.journal;

import dev.aerie.messages.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One file of messages that wait to be filed, and what they are about.
final class IntakeFile {

    /// Whose messages; `session` is null where no video flowed.
    record Speaker(String stream, @Nullable String session) {}

    private final Path path;
    private final long begunMillis;
    private final Map<Speaker, Span> spans = new ConcurrentHashMap<>();

    /// - `begunMillis`: Unix time of its first message
    IntakeFile(Path path, long begunMillis) {
        this.path = path;
        this.begunMillis = begunMillis;
    }

    /// One that an earlier run of the service left.
    static IntakeFile left(Path path) throws IOException {
        var file = new IntakeFile(path, Files.getLastModifiedTime(path).toMillis());
        file.read(_ -> true).forEach(file::note);
        return file;
    }

    Path path() {
        return path;
    }

    long begunMillis() {
        return begunMillis;
    }

    Map<Speaker, Span> spans() {
        return Map.copyOf(spans);
    }

    void note(SaidMessage said) {
        spans.merge(new Speaker(said.stream(), said.session()), Span.NOTHING.with(said), (span, _) -> span.with(said));
    }

    /// The messages that are wanted, in the order they came.
    List<SaidMessage> read(Predicate<SaidMessage> wanted) throws IOException {
        var messages = new ArrayList<SaidMessage>();
        GzipLines.read(path, line -> {
            SaidMessage said = parsed(line);
            if (wanted.test(said)) {
                messages.add(said);
            }
        });
        return messages;
    }

    static SaidMessage parsed(byte[] line) throws IOException {
        try {
            return SaidMessage.parse(line);
        } catch (MalformedMessageException e) {
            throw new IOException("a line of the journal is no message", e); // only messages are ever written
        }
    }
}
