package dev.aerie.storage.upload;

import dev.aerie.digest.Sha256;
import dev.aerie.storage.catalog.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of segments that lie in the bucket too: removed here, and brought back when somebody wants them. What
/// was said, the frames and the snapshots stay here, so a segment is found wherever its file is.
public final class LocalCopies {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

    /// Inside the archive, so that a file gets its place in one step; no stream can have this name.
    private static final String ARRIVING = ".arriving";

    private final Path archive;
    private final Uploads uploads;
    private final Optional<Bucket> bucket;
    private final InstantSource clock;

    public LocalCopies(Path archive, Uploads uploads, Optional<Bucket> bucket, InstantSource clock) {
        this.archive = archive;
        this.uploads = uploads;
        this.bucket = bucket;
        this.clock = clock;
    }

    /// Removes the file of a segment that has arrived in the bucket. The index learns of it first: a crash in between
    /// leaves a file, which the next look over the archive takes for what it is.
    public void drop(Segment segment) throws IOException {
        uploads.setState(segment.id(), Segment.State.REMOTE);
        Files.deleteIfExists(archive.resolve(segment.path()));
        LOG.info("local copy removed stream={} path={}", segment.stream(), segment.path());
    }

    /// Brings the file back; it stays as long as one that was just uploaded. Throws [IOException] where the store
    /// does not give it, or gives something else.
    public void fetch(Segment segment) throws IOException {
        var store = bucket.orElseThrow(() -> new IOException("no bucket is known: set S3_URL"));
        Path folder = Files.createDirectories(archive.resolve(ARRIVING));
        Path arriving = Files.createTempFile(folder, segment.id(), ".mp4");
        try {
            try (var in = store.open(segment.path())) {
                Files.copy(in, arriving, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Sha256.of(arriving).hex().equals(segment.sha256())) {
                throw new IOException("what the bucket gave is not segment " + segment.id());
            }
            Files.move(arriving, archive.resolve(segment.path()), StandardCopyOption.ATOMIC_MOVE);
            uploads.done(segment.id(), clock.instant());
            uploads.setState(segment.id(), Segment.State.CLOSED);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }
}
