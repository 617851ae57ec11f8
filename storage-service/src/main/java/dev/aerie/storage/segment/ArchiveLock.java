package dev.aerie.storage.segment;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.aerie.files.PrivateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reserves the folder of an archive for one process, because its write-ahead log has one writer.
///
/// It is a file lock of the operating system, which ends with the process in any case. It also works between
/// containers on one machine; on a network file system it works only if that supports locks.
public final class ArchiveLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLock.class);
    private static final String FILE = ".aerie-lock";

    private final Optional<FileChannel> channel;

    private ArchiveLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /// Empty if another process, or this one, holds the lock. Creates the folder. If the folder cannot be created,
    /// the disk is away: then the caller gets an object without a lock, and [ArchiveRoot] reports the missing disk.
    public static Optional<ArchiveLock> take(Path folder) {
        try {
            var _ = PrivateFolder.create(folder);
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
            // this process holds it: the same result
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
