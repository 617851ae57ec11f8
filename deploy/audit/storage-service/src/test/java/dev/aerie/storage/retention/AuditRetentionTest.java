package dev.aerie.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Producer;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.storage.upload.Uploads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What AUDIT says of retention, with a recording of four segments. Each fails at d493c5a.
final class AuditRetentionTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final Duration NEVER = Duration.ZERO;

    @TempDir
    Path folder;

    private FilledArchive archive;
    private List<Segment> segments;
    private Removal removal;

    @BeforeEach
    void record() throws Exception {
        archive = new FilledArchive(folder);
        var units = NumberedVideo.of(STREAM).units(SESSION, 0, 120);
        segments = archive.record(STREAM, SESSION, units, Duration.ofSeconds(1), 4);
        removal =
                new Removal(folder, archive.catalog(), Producer.of("storage-service", "test"), InstantSource.system());
    }

    @AfterEach
    void close() {
        archive.close();
    }

    /// Today: FreeSpaceKeeperTest. Another program takes whatever is freed.
    @Test
    void h12_diskThatAnotherProgramFills_costsNotTheWholeArchive() throws Exception {
        sweeper(new RetentionPolicy(NEVER, NEVER, 0, 300, false), InstantSource.system())
                .sweepForRoom(() -> 100);
        assertThat(left()).as("what is left").isNotEmpty();
    }

    /// Today: FreeSpaceKeeperTest.
    @Test
    void h12_diskThatAnotherProgramFills_costsNothingProtected() throws Exception {
        removal.protect(List.of(segments.get(3)), true);
        sweeper(new RetentionPolicy(NEVER, NEVER, 0, 300, false), InstantSource.system())
                .sweepForRoom(() -> 100);
        assertThat(left()).as("what is left").contains(90L);
    }

    /// Today: AgeClockTest, RetentionSweeperTest.
    @Test
    void m18_clockSetForthByYears_removesNothing() throws Exception {
        var now = new AtomicReference<>(InstantSource.system().instant());
        var sweeper = sweeper(new RetentionPolicy(Duration.ofDays(7), NEVER, 0, 0, false), now::get);
        sweeper.sweep();
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(3650)));
        sweeper.sweep();
        assertThat(left()).as("what is left").hasSize(4);
    }

    private RetentionSweeper sweeper(RetentionPolicy policy, InstantSource clock) {
        var copies = new LocalCopies(folder, new Uploads(archive.catalog()), Optional.empty(), clock);
        return new RetentionSweeper(policy, folder, archive.catalog(), removal, copies, clock, () -> "");
    }

    private List<Long> left() throws IOException {
        return archive.segments().of(STREAM, SESSION).stream()
                .map(Segment::firstFrame)
                .toList();
    }
}
