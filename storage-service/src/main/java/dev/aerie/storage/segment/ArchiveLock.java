package dev.aerie.storage.segment;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the folder of an archive for one process: its log of messages has one writer.
///
/// A lock of the operating system, which ends with the process, however that ends. It holds between containers on one
/// machine too; a network file system must pass locks on.
public final class ArchiveLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLock.class);
    private static final String FILE = ".aerie-lock";

    private final Optional<FileChannel> channel;

    private ArchiveLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /// Empty where another process, or this one, has the folder. Makes the folder; where that fails, the disk is away,
    /// of which [ArchiveRoot] tells, and nobody can be asked.
    public static Optional<ArchiveLock> take(Path folder) {
        try {
            Files.createDirectories(folder);
            return locked(FileChannel.open(folder.resolve(FILE), CREATE, WRITE));
        } catch (IOException e) {
            LOG.warn("archive not locked folder={} cause={}", folder, e.toString());
            return Optional.of(new ArchiveLock(Optional.empty()));
        }
    }

    private static Optional<ArchiveLock> locked(FileChannel channel) throws IOException {
        boolean isLocked = false;
        try {
            isLocked = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            // of this process: the same answer
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        return isLocked ? Optional.of(new ArchiveLock(Optional.of(channel))) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            LOG.warn("archive not unlocked cause={}", e.toString());
        }
    }
}
