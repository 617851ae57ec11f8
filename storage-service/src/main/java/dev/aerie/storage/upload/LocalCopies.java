package dev.aerie.storage.upload;

import dev.aerie.digest.Sha256;
import dev.aerie.files.PrivateFolder;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.segment.FreeSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Local files of segments that are also in the bucket: removed here, and downloaded again on request. Messages,
/// frame index and snapshots stay here, so that a segment can be found wherever its file is.
public final class LocalCopies {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

    /// Folder of downloads. It lies inside the archive, so that a complete file can be renamed into place; no stream
    /// can have this name.
    private static final String ARRIVING = ".arriving";

    private static final int BUFFER_BYTES = 64 << 10;

    /// A download would take more of the disk than may be taken.
    public static final class NoRoomException extends IOException {

        private static final long serialVersionUID = 1L;

        NoRoomException(String message) {
            super(message);
        }
    }

    private final Path archive;
    private final Uploads uploads;
    private final Optional<Bucket> bucket;
    private final InstantSource clock;
    private final long keptFreeBytes;

    /// - `keptFreeBytes`: no download takes the disk below it
    public LocalCopies(
            Path archive, Uploads uploads, Optional<Bucket> bucket, InstantSource clock, long keptFreeBytes) {
        this.archive = archive;
        this.uploads = uploads;
        this.bucket = bucket;
        this.clock = clock;
        this.keptFreeBytes = keptFreeBytes;
    }

    /// Removes what downloads left that a crash cut short. Called before the first of them.
    public void clearLeftovers() throws IOException {
        Path folder = archive.resolve(ARRIVING);
        if (Files.isDirectory(folder)) {
            try (var left = Files.newDirectoryStream(folder)) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// Removes the local file of an uploaded segment. The index is changed first: a crash in between leaves a file
    /// that the next reconciliation recognizes.
    public void drop(Segment segment) throws IOException {
        uploads.setState(segment.id(), Segment.State.REMOTE);
        Files.deleteIfExists(archive.resolve(segment.path()));
        LOG.info("local copy removed stream={} path={}", segment.stream(), segment.path());
    }

    /// Downloads the file, one at a time; it then stays as long as one that was just uploaded. Throws
    /// [NoRoomException] where the disk has no room for it, and [IOException] if the store does not return it, or
    /// returns other content.
    public synchronized void fetch(Segment segment) throws IOException {
        var store = bucket.orElseThrow(() -> new IOException("no bucket is configured: set S3_URL"));
        if (FreeSpace.bytes(archive) - segment.bytes() < keptFreeBytes) {
            throw new NoRoomException("the disk has no room for segment " + segment.id() + ": see RETENTION_FREE");
        }
        Path folder = PrivateFolder.create(archive.resolve(ARRIVING));
        Path arriving = Files.createTempFile(folder, segment.id(), ".mp4");
        try {
            try (var in = store.open(segment.path());
                    var out = Files.newOutputStream(arriving)) {
                copy(in, out, segment.bytes());
            }
            if (!Sha256.of(arriving).hex().equals(segment.sha256())) {
                throw new IOException("the bucket returned other content than that of segment " + segment.id());
            }
            Files.move(arriving, archive.resolve(segment.path()), StandardCopyOption.ATOMIC_MOVE);
            uploads.done(segment.id(), clock.instant());
            uploads.setState(segment.id(), Segment.State.CLOSED);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    /// No more than there should be and one byte, whatever the store sends: the digest tells.
    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = bytes + 1;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                return;
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
