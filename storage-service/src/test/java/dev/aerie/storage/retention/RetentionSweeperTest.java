package dev.aerie.storage.retention;

import static dev.aerie.storage.catalog.Segment.State.CLOSED;
import static dev.aerie.storage.catalog.Segment.State.REMOTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RecordingEvent;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Sql;
import dev.aerie.storage.journal.CatalogBooks;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.storage.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording of four segments of a second each; in the second one something was seen.
final class RetentionSweeperTest {

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
        change(
                "INSERT INTO sightings VALUES (?, 1, 'person', 3, 0.5)",
                segments.get(1).id());
        removal =
                new Removal(folder, archive.catalog(), Producer.of("storage-service", "test"), InstantSource.system());
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void sweep_olderThanAllAreKept_keepsWhereSomethingWasSeenAndWhatIsProtected() throws Exception {
        removal.protect(List.of(segments.get(3)), true);
        sweeper(new RetentionPolicy(Duration.ofHours(1), Duration.ofDays(2), 0, 0, false), Duration.ofHours(2))
                .sweep();
        assertThat(left()).containsExactly(30L, 90L);
        sweeper(new RetentionPolicy(Duration.ofHours(1), Duration.ofDays(2), 0, 0, false), Duration.ofDays(3))
                .sweep();
        assertThat(left()).containsExactly(90L);
    }

    @Test
    void sweep_youngerThanThePolicy_keepsEverything() throws Exception {
        sweeper(new RetentionPolicy(Duration.ofHours(1), NEVER, 0, 0, false), Duration.ofMinutes(59))
                .sweep();
        assertThat(left()).hasSize(4);
    }

    @Test
    void sweep_tooManyBytes_removesTheOldestFirstAndProtectedOnesLast() throws Exception {
        removal.protect(List.of(segments.get(0)), true);
        long butTheSecond = segments.stream().mapToLong(Segment::bytes).sum()
                - segments.get(1).bytes();
        sweeper(new RetentionPolicy(NEVER, NEVER, butTheSecond, 0, false), Duration.ZERO)
                .sweep();
        assertThat(left()).containsExactly(0L, 60L, 90L);
        sweeper(new RetentionPolicy(NEVER, NEVER, 1, 0, false), Duration.ZERO).sweep();
        assertThat(left()).isEmpty();
    }

    @Test
    void sweepForRoom_untilThereIsRoom_removesNoMoreThanThat() throws Exception {
        var free = new long[] {100};
        sweeper(new RetentionPolicy(NEVER, NEVER, 0, 300, false), Duration.ZERO).sweepForRoom(() -> {
            long now = free[0];
            free[0] += 100;
            return now;
        });
        assertThat(left()).containsExactly(60L, 90L);
    }

    @Test
    void sweep_whatIsNotUploaded_staysAndOfTheRestGoesTheFileAlone() throws Exception {
        change("INSERT INTO uploads VALUES (?, '', 1)", segments.get(0).id());
        change("INSERT INTO uploads VALUES (?, 'begun', NULL)", segments.get(2).id());
        sweeper(new RetentionPolicy(NEVER, NEVER, 1, 0, true), Duration.ZERO).sweep();
        assertThat(archive.segments().of(STREAM, SESSION))
                .extracting(Segment::state)
                .containsExactly(REMOTE, CLOSED, CLOSED, CLOSED);
        assertThat(folder.resolve(segments.get(0).path())).doesNotExist();
        sweeper(new RetentionPolicy(Duration.ofHours(1), NEVER, 0, 0, true), Duration.ofHours(2))
                .sweep();
        assertThat(left()).containsExactly(30L, 60L, 90L);
    }

    @Test
    void remove_segment_takesItsFilesAlongAndSaysSo() throws Exception {
        Segment first = segments.getFirst();
        Path said = folder.resolve(CatalogBooks.saidPath(first.path()));
        Files.writeString(said, "");
        removal.remove(first);
        assertThat(folder.resolve(first.path())).doesNotExist();
        assertThat(said).doesNotExist();
        RecordingEvent last = events().getLast();
        assertThat(events()).anySatisfy(event -> {
            assertThat(event.event()).isEqualTo(RecordingEvent.Kind.REMOVED);
            assertThat(event.item()).isEqualTo(RecordingEvent.Item.SEGMENT);
            assertThat(event.path()).isEqualTo(first.path());
        });
        assertThat(last.event()).isEqualTo(RecordingEvent.Kind.REMOVED);
    }

    private RetentionSweeper sweeper(RetentionPolicy policy, Duration later) {
        var clock = InstantSource.offset(InstantSource.system(), later);
        var copies = new LocalCopies(folder, new Uploads(archive.catalog()), Optional.empty(), clock);
        return new RetentionSweeper(policy, folder, archive.catalog(), removal, copies, clock, () -> "");
    }

    private List<Long> left() throws IOException {
        return archive.segments().of(STREAM, SESSION).stream()
                .map(Segment::firstFrame)
                .toList();
    }

    private List<RecordingEvent> events() throws IOException, MalformedMessageException {
        var bodies = archive.catalog()
                .ask(connection -> new Sql("SELECT body FROM announcements WHERE exchange = ? ORDER BY id")
                        .list(connection, row -> row.getBytes(1), Exchanges.RECORDING_EVENTS));
        var events = new ArrayList<RecordingEvent>();
        for (byte[] body : bodies) {
            events.add(Messages.read(RecordingEvent.class, body));
        }
        return events;
    }

    private void change(String sql, Object... parameters) throws ExecutionException, InterruptedException {
        int _ = archive.catalog()
                .change(connection -> new Sql(sql).update(connection, parameters))
                .get();
    }
}
