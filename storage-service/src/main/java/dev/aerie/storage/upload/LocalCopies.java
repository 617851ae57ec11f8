package dev.aerie.storage.upload;

import dev.aerie.digest.Sha256;
import dev.aerie.files.PrivateFolder;
import dev.aerie.storage.catalog.Segment;
import java.io.IOException;
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

    /// Removes the local file of an uploaded segment. The index is changed first: a crash in between leaves a file
    /// that the next reconciliation recognizes.
    public void drop(Segment segment) throws IOException {
        uploads.setState(segment.id(), Segment.State.REMOTE);
        Files.deleteIfExists(archive.resolve(segment.path()));
        LOG.info("local copy removed stream={} path={}", segment.stream(), segment.path());
    }

    /// Downloads the file; it then stays as long as one that was just uploaded. Throws [IOException] if the store
    /// does not return it, or returns other content.
    public void fetch(Segment segment) throws IOException {
        var store = bucket.orElseThrow(() -> new IOException("no bucket is configured: set S3_URL"));
        Path folder = PrivateFolder.create(archive.resolve(ARRIVING));
        Path arriving = Files.createTempFile(folder, segment.id(), ".mp4");
        try {
            try (var in = store.open(segment.path())) {
                Files.copy(in, arriving, StandardCopyOption.REPLACE_EXISTING);
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
}
