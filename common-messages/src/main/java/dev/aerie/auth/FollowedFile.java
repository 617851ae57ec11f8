package dev.aerie.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a file says. A changed file is read again within a second; one that cannot be read leaves what was there
/// before. Thread-safe.
public final class FollowedFile<T> {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final Path file;
    private final Reader<T> reader;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private T content;

    @GuardedBy("this")
    private FileTime read;

    @GuardedBy("this")
    private long lookedNanos;

    /// Reads a file; throws [IOException] with a reason if it cannot.
    @FunctionalInterface
    public interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /// Reads the file; throws [IOException] if that cannot be done.
    ///
    /// - `nanoTime`: monotonic
    public FollowedFile(Path file, Reader<T> reader, LongSupplier nanoTime) throws IOException {
        this.file = file;
        this.reader = reader;
        this.nanoTime = nanoTime;
        this.read = Files.getLastModifiedTime(file);
        this.content = reader.read(file);
        this.lookedNanos = nanoTime.getAsLong();
    }

    /// As it is now, or was a second ago.
    public synchronized T content() {
        long now = nanoTime.getAsLong();
        if (now - lookedNanos < LOOK_AGAIN_NANOS) {
            return content;
        }
        lookedNanos = now;
        try {
            var changed = Files.getLastModifiedTime(file);
            if (!changed.equals(read)) {
                content = reader.read(file);
                read = changed;
            }
        } catch (IOException e) {
            LOG.warn("file not read file={} cause={}", file, e.toString());
        }
        return content;
    }
}
