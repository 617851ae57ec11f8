package dev.aerie.storage.messages;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.files.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log of numbered files shared by all streams, so that one write to the disk persists a whole batch of messages.
/// [LogCompactor] empties it. Thread-safe.
final class WriteAheadLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);
    private static final String SUFFIX = ".jsonl.gz";

    /// - `age`, `bytes`: limits at which a file is complete and the next one begins
    record FileBounds(Duration age, long bytes) {

        static final FileBounds DEFAULT = new FileBounds(Duration.ofSeconds(3), 16L << 20);
    }

    private final Path folder;
    private final FileBounds bounds;
    private final InstantSource clock;

    @GuardedBy("this")
    private final List<LogFile> complete = new ArrayList<>();

    @GuardedBy("this")
    private @Nullable LogFile current;

    @GuardedBy("this")
    private @Nullable GzipLines open;

    @GuardedBy("this")
    private long nextNumber;

    private WriteAheadLog(Path folder, FileBounds bounds, InstantSource clock) {
        this.folder = folder;
        this.bounds = bounds;
        this.clock = clock;
    }

    /// Opens the log with the files of an earlier run; creates the folder.
    static WriteAheadLog open(Path folder, FileBounds bounds, InstantSource clock) throws IOException {
        var _ = PrivateFolder.create(folder);
        var writeAheadLog = new WriteAheadLog(folder, bounds, clock);
        writeAheadLog.recover();
        return writeAheadLog;
    }

    /// Writes the messages and returns when they are on the disk.
    synchronized void append(List<ArchivedMessage> messages) throws IOException {
        GzipLines lines = writable();
        try {
            lines.append(messages.stream().map(ArchivedMessage::line).toList());
            requireFile();
        } catch (IOException e) {
            finish();
            throw e;
        }
        if (current != null) {
            messages.forEach(current::addToSpans);
        }
    }

    /// Complete files, oldest first.
    synchronized List<LogFile> complete() throws IOException {
        if (isFull()) {
            finish();
        }
        return List.copyOf(complete);
    }

    /// Every file, oldest first.
    synchronized List<LogFile> all() {
        var all = new ArrayList<>(complete);
        if (current != null) {
            all.add(current);
        }
        return all;
    }

    /// Deletes a file whose messages have been moved.
    synchronized void forget(LogFile file) throws IOException {
        Files.deleteIfExists(file.path());
        complete.remove(file);
    }

    @Override
    public synchronized void close() throws IOException {
        finish();
    }

    private synchronized void recover() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.filter(WriteAheadLog::isOurs).sorted().toList()) {
                nextNumber = Math.max(nextNumber, numberOf(path) + 1);
                recover(path);
            }
        }
    }

    /// A file that cannot be read is left in place; the others are recovered.
    @GuardedBy("this")
    private void recover(Path path) {
        try {
            GzipLines.open(path).close(); // cuts a torn tail
            complete.add(LogFile.recovered(path));
        } catch (IOException | RuntimeException e) {
            LOG.error("messages cannot be read file={} cause={}", path.getFileName(), e.toString());
        }
    }

    @GuardedBy("this")
    private GzipLines writable() throws IOException {
        if (isFull()) {
            finish();
        }
        if (open == null) {
            var _ = PrivateFolder.create(folder);
            Path path = folder.resolve("%012d%s".formatted(nextNumber++, SUFFIX));
            open = GzipLines.open(path);
            current = new LogFile(path, clock.millis());
        }
        return open;
    }

    /// Writes to a deleted file succeed and are lost, so its existence is checked.
    @GuardedBy("this")
    private void requireFile() throws IOException {
        if (current != null && !Files.exists(current.path())) {
            current = null;
            throw new NoSuchFileException(folder.toString(), null, "the folder of the write-ahead log is gone");
        }
    }

    @GuardedBy("this")
    private boolean isFull() {
        return open != null
                && current != null
                && (open.sizeBytes() >= bounds.bytes()
                        || clock.millis() - current.begunMillis()
                                >= bounds.age().toMillis());
    }

    @GuardedBy("this")
    private void finish() throws IOException {
        if (current != null) {
            complete.add(current);
            current = null;
        }
        if (open != null) {
            GzipLines ended = open;
            open = null;
            ended.close();
        }
    }

    private static boolean isOurs(Path path) {
        return path.getFileName().toString().matches("\\d{12}\\.jsonl\\.gz");
    }

    private static long numberOf(Path path) {
        return Long.parseLong(path.getFileName().toString().substring(0, 12));
    }
}
