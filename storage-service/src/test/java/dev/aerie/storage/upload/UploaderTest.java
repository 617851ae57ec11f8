package dev.aerie.storage.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.catalog.ArchiveEvent;
import dev.aerie.storage.catalog.Events;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.threads.ThreadFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording of two segments, and a store.
final class UploaderTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final Duration A_DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private FilledArchive archive;
    private List<Segment> segments;
    private StandInStore store;
    private Bucket bucket;
    private Uploads uploads;
    private LocalCopies copies;

    @BeforeEach
    void record() throws Exception {
        archive = new FilledArchive(folder);
        segments = archive.record(
                STREAM, SESSION, NumberedVideo.of(STREAM).units(SESSION, 0, 60), Duration.ofSeconds(1), 2);
        store = new StandInStore();
        bucket = new Bucket(store.address());
        uploads = new Uploads(archive.catalog());
        copies = new LocalCopies(folder, uploads, Optional.of(bucket), InstantSource.system(), 0);
    }

    @AfterEach
    void close() {
        bucket.close();
        store.close();
        archive.close();
    }

    @Test
    void round_closedSegments_areUploadedAndStayHereForTheirTime() throws IOException {
        uploader(Duration.ZERO).round();

        for (Segment segment : segments) {
            assertThat(store.object(segment.path())).isEqualTo(Files.readAllBytes(folder.resolve(segment.path())));
            assertThat(store.sha256Of(segment.path())).isEqualTo(segment.sha256());
        }
        assertThat(uploads.waitingCount()).isZero();
        int before = store.requests().size();
        uploader(Duration.ofHours(23)).round();
        assertThat(store.requests()).hasSize(before);
        assertThat(states()).containsOnly(Segment.State.CLOSED);
    }

    @Test
    void round_afterItsTime_removesTheFileAndFetchBringsItBack() throws IOException {
        byte[] first = Files.readAllBytes(folder.resolve(segments.getFirst().path()));
        uploader(Duration.ZERO).round();
        uploader(Duration.ofHours(25)).round();
        assertThat(states()).containsOnly(Segment.State.REMOTE);
        assertThat(folder.resolve(segments.getFirst().path())).doesNotExist();

        copies.fetch(segments.getFirst());

        assertThat(folder.resolve(segments.getFirst().path())).hasBinaryContent(first);
        assertThat(states()).containsExactly(Segment.State.CLOSED, Segment.State.REMOTE);
    }

    @Test
    void fetch_diskWithoutRoom_isRefused_andLeavesNothing() throws IOException {
        uploader(Duration.ZERO).round();
        uploader(Duration.ofHours(25)).round();
        var full = new LocalCopies(folder, uploads, Optional.of(bucket), InstantSource.system(), Long.MAX_VALUE / 2);

        assertThatThrownBy(() -> full.fetch(segments.getFirst())).isInstanceOf(LocalCopies.NoRoomException.class);

        assertThat(folder.resolve(segments.getFirst().path())).doesNotExist();
        assertThat(states()).containsOnly(Segment.State.REMOTE);
    }

    @Test
    void clearLeftovers_downloadsThatWereCutShort_areRemoved() throws IOException {
        Path arriving = Files.createDirectories(folder.resolve(".arriving"));
        Files.writeString(arriving.resolve("half.mp4"), "half");
        copies.clearLeftovers();
        assertThat(arriving).isEmptyDirectory();
    }

    @Test
    void round_storeAway_keepsTheFileAndGoesOnWhenItIsBack() throws IOException {
        store.refuse("POST complete"::equals);
        assertThatIOException().isThrownBy(() -> uploader(Duration.ofHours(25)).round());
        assertThat(states()).containsOnly(Segment.State.CLOSED);
        assertThat(folder.resolve(segments.getFirst().path())).exists();
        assertThat(uploads.waiting().getFirst().uploadId()).isNotEmpty();

        store.refuse(_ -> false);
        int before = store.requests().size();
        uploader(Duration.ZERO).round();

        assertThat(store.requests().subList(before, before + 3)).containsExactly("HEAD", "GET parts", "POST complete");
        assertThat(store.has(segments.getLast().path())).isTrue();
    }

    @Test
    void round_fileThatHasChanged_isLeftAloneAndTheOthersGo() throws IOException {
        Files.write(folder.resolve(segments.getFirst().path()), new byte[100]);
        var uploader = uploader(Duration.ZERO);
        uploader.round();
        uploader.round();
        assertThat(store.has(segments.getFirst().path())).isFalse();
        assertThat(store.has(segments.getLast().path())).isTrue();
        assertThat(uploader.failures()).isEqualTo(1);
        assertThat(uploader.uploaded()).isEqualTo(1);
    }

    @Test
    void round_oneSegmentIsMissing_isMarkedAndTheOthersGo() throws IOException {
        Files.delete(folder.resolve(segments.getFirst().path()));
        var uploader = uploader(Duration.ZERO);
        uploader.round();
        assertThat(store.has(segments.getLast().path())).isTrue();
        assertThat(states()).containsExactly(Segment.State.MISSING, Segment.State.CLOSED);
        assertThat(uploader.failures()).isEqualTo(1);
    }

    @Test
    void round_oneSegmentCannotBeRead_isLeftAloneAndTheOthersGo() throws IOException {
        Path file = folder.resolve(segments.getFirst().path());
        Files.delete(file);
        Files.createDirectories(file); // reading it fails, and not because it is not there
        var uploader = uploader(Duration.ZERO);
        uploader.round();
        uploader.round();
        assertThat(store.has(segments.getLast().path())).isTrue();
        assertThat(uploader.failures()).as("not tried again at once").isEqualTo(1);
        assertThat(uploader.setAside()).isEqualTo(1);
        assertThat(new Events(archive.catalog()).between(STREAM, 0, Long.MAX_VALUE, 10))
                .extracting(ArchiveEvent::kind)
                .containsExactly("upload-failed");
    }

    @Test
    void round_storeRefusesOneSegment_isLeftAloneAndTheOthersGo() throws IOException {
        var refusals = new AtomicInteger(1);
        store.refuse(what -> what.equals("POST begin") && refusals.getAndDecrement() > 0);
        var uploader = uploader(Duration.ZERO);
        uploader.round();
        assertThat(store.has(segments.getFirst().path())).isFalse();
        assertThat(store.has(segments.getLast().path())).isTrue();
        int before = store.requests().size();
        uploader.round();
        assertThat(store.requests()).hasSize(before);
        assertThat(uploader.setAside()).isEqualTo(1);
    }

    @Test
    void round_failsWithAnError_isCountedAndTheNextOneUploads() throws Exception {
        long before = ThreadFailures.counts().getOrDefault("upload", 0L);
        var deaths = new AtomicInteger(1);
        try (var uploader = uploader(Duration.ZERO, () -> {
            if (deaths.getAndDecrement() > 0) {
                throw new StackOverflowError("once");
            }
            return "";
        })) {
            uploader.start(Duration.ofMillis(50));
            Eventually.holds("both are there", Duration.ofSeconds(30), () -> uploader.uploaded() == 2);
        }
        assertThat(ThreadFailures.counts().get("upload")).isEqualTo(before + 1);
    }

    @Test
    void fetch_somethingElseInTheBucket_isRefused() throws IOException {
        uploader(Duration.ZERO).round();
        var wrong = segments.getFirst();
        copies.drop(wrong);
        var claimed = new Segment(
                wrong.id(),
                wrong.stream(),
                wrong.session(),
                segments.getLast().path(),
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                wrong.size(),
                Segment.State.REMOTE,
                false,
                wrong.sha256());
        assertThatIOException()
                .isThrownBy(() -> copies.fetch(claimed))
                .withMessageContaining("other content than that of segment");
        assertThat(states().getFirst()).isEqualTo(Segment.State.REMOTE);
    }

    private Uploader uploader(Duration later) {
        return uploader(later, () -> "");
    }

    private Uploader uploader(Duration later, Supplier<String> failureCause) {
        return new Uploader(
                folder,
                archive.segments(),
                uploads,
                copies,
                Optional.of(bucket),
                A_DAY,
                InstantSource.offset(InstantSource.system(), later),
                failureCause);
    }

    private List<Segment.State> states() throws IOException {
        return archive.segments().of(STREAM, SESSION).stream()
                .map(Segment::state)
                .toList();
    }
}
