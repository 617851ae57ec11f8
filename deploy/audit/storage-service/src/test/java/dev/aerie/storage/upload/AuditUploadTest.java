package dev.aerie.storage.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What AUDIT says of uploads, with a recording of two segments and a store. Each fails at d493c5a.
final class AuditUploadTest {

    private static final Logger LOG = Logger.getLogger(AuditUploadTest.class.getName());
    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;

    @TempDir
    Path folder;

    private FilledArchive archive;
    private List<Segment> segments;
    private StandInStore store;
    private Bucket bucket;
    private Uploads uploads;
    private Uploader uploader;

    @BeforeEach
    void record() throws Exception {
        archive = new FilledArchive(folder);
        segments = archive.record(
                STREAM, SESSION, NumberedVideo.of(STREAM).units(SESSION, 0, 60), Duration.ofSeconds(1), 2);
        store = new StandInStore();
        bucket = new Bucket(store.address());
        uploads = new Uploads(archive.catalog());
        var clock = InstantSource.system();
        uploader = new Uploader(
                folder,
                archive.segments(),
                uploads,
                new LocalCopies(folder, uploads, Optional.of(bucket), clock),
                Optional.of(bucket),
                Duration.ofDays(1),
                clock,
                () -> "");
    }

    @AfterEach
    void close() {
        bucket.close();
        store.close();
        archive.close();
    }

    /// Today: UploaderTest.
    @Test
    void h14_segmentThatCannotBeRead_stopsNoOther() throws IOException {
        Files.delete(folder.resolve(segments.getFirst().path()));
        rounds();
        assertThat(store.has(segments.getLast().path())).as("the other one is in the store").isTrue();
    }

    /// Today: MultipartUploadTest. The store gives ETags that are no MD5, as one with SSE-KMS does.
    @Test
    void m24_storeWhoseETagsAreNoMd5_countsAsHavingTheSegment() throws IOException {
        store.damage();
        rounds();
        assertThat(uploads.waitingCount()).as("segments that still wait").isZero();
    }

    /// Today: UploaderTest. What a crash left of a segment that was being fetched back.
    @Test
    void m23_leftOverOfAFetch_isGoneAfterTheStart() throws Exception {
        Path left = folder.resolve(".arriving").resolve("01K9JXW7Z3T4V5W6X7Y8Z9ABCD.mp4");
        Files.createDirectories(left.getParent());
        Files.write(left, new byte[100]);
        try (var started = uploader) {
            started.start();
            for (int i = 0; i < 50 && Files.exists(left); i++) {
                Thread.sleep(100);
            }
            assertThat(left).doesNotExist();
        }
    }

    private void rounds() {
        for (int i = 0; i < 3; i++) {
            try {
                uploader.round();
            } catch (IOException e) {
                LOG.log(Level.INFO, "round {0}: {1}", new Object[] {i, e});
            }
        }
    }
}
