package dev.aerie.storage.retention;

import static dev.aerie.storage.catalog.Segment.State.CLOSED;
import static dev.aerie.storage.catalog.Segment.State.REMOTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RecordingEvent;
import dev.aerie.messages.Ulid;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.service.retention.AgeClock;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Sql;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.storage.upload.Uploads;
import dev.aerie.threads.ThreadFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording of four segments of a second each; in the second one something was seen.
final class RetentionSweeperTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private FilledArchive archive;
    private List<Segment> segments;
    private SegmentRemover segmentRemover;
    private volatile long passedNanos;

    @BeforeEach
    void record() throws Exception {
        archive = new FilledArchive(folder);
        var units = NumberedVideo.of(STREAM).units(SESSION, 0, 120);
        segments = archive.record(STREAM, SESSION, units, Duration.ofSeconds(1), 4);
        change(
                "INSERT INTO labels VALUES (?, 1, 'person', 3, 0.5)",
                segments.get(1).id());
        segmentRemover = new SegmentRemover(
                folder, archive.catalog(), Producer.of("storage-service", "test"), InstantSource.system());
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void sweep_olderThanAllAreKept_keepsWhereSomethingWasSeenAndWhatIsProtected() throws Exception {
        segmentRemover.protect(List.of(segments.get(3)), true);
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
    void sweep_tooManyBytes_removesTheOldestAndNothingProtected() throws Exception {
        segmentRemover.protect(List.of(segments.get(0)), true);
        long ofTwo = segments.get(2).bytes() + segments.get(3).bytes();
        sweeper(new RetentionPolicy(NEVER, NEVER, ofTwo, 0, false), Duration.ZERO)
                .sweep();
        assertThat(left()).containsExactly(0L, 60L, 90L);
        sweeper(new RetentionPolicy(NEVER, NEVER, 1, 0, false), Duration.ZERO).sweep();
        assertThat(left()).containsExactly(0L);
    }

    @Test
    void sweepForRoom_untilThereIsRoom_removesNoMoreThanThat() throws Exception {
        long ofTwo = segments.get(0).bytes() + segments.get(1).bytes();
        long disk = archive.segments().of(STREAM, SESSION).stream()
                .mapToLong(Segment::bytes)
                .sum();
        sweeper(new RetentionPolicy(NEVER, NEVER, 0, ofTwo - 1, false), Duration.ZERO)
                .sweepForRoom(() -> disk - bytesLeft());
        assertThat(left()).containsExactly(60L, 90L);
    }

    @Test
    void sweep_clockJumpsYearsAhead_removesNothingAndSaysSo() throws Exception {
        var wall = new AtomicReference<>(InstantSource.system().instant());
        var sweeper = sweeper(new RetentionPolicy(Duration.ofHours(1), NEVER, 0, 0, false), clock(wall::get));
        sweeper.sweep();
        wall.updateAndGet(now -> now.plus(Duration.ofDays(800)));
        passedNanos = Duration.ofMinutes(20).toNanos();
        sweeper.sweep();
        assertThat(left()).hasSize(4);
        assertThat(sweeper.failureCause()).contains("799 days ahead");
        wall.updateAndGet(now -> now.minus(Duration.ofDays(800)).plus(Duration.ofHours(2)));
        passedNanos = Duration.ofMinutes(140).toNanos();
        sweeper.sweep();
        assertThat(sweeper.failureCause()).isEmpty();
        assertThat(left()).as("where something was seen").containsExactly(30L);
    }

    @Test
    void sweep_clockWasBehindWhenOneWasWritten_takesItForTheNewestThatItIs() throws Exception {
        Segment last = segments.getLast();
        String old = new Ulid(
                        InstantSource.system()
                                        .instant()
                                        .minus(Duration.ofDays(7))
                                        .toEpochMilli()
                                << 16,
                        0)
                .toString();
        var behind = new Segment(
                old,
                STREAM,
                SESSION,
                "drone/" + SESSION + "/000000000120.mp4",
                120,
                149,
                30,
                last.endNanos(),
                last.endNanos() + 1,
                last.bytes(),
                last.codec(),
                last.size(),
                CLOSED,
                false,
                last.sha256());
        assertThat(archive.catalog()
                        .change(connection -> Segments.enter(connection, behind, new FrameIndex(List.of())))
                        .get())
                .isTrue();
        sweeper(new RetentionPolicy(Duration.ofHours(1), NEVER, 0, 0, false), Duration.ZERO)
                .sweep();
        assertThat(left()).hasSize(5);
        long max = last.bytes() + behind.bytes();
        sweeper(new RetentionPolicy(NEVER, NEVER, max, 0, false), Duration.ZERO).sweep();
        assertThat(left()).containsExactly(90L, 120L);
    }

    @Test
    void sweep_oneFileCannotBeRemoved_theOthersGoAndItIsLeftAlone() throws Exception {
        Path stuck = folder.resolve(segments.getFirst().path());
        Files.delete(stuck);
        Files.createDirectories(stuck.resolve("in the way"));
        var sweeper = sweeper(new RetentionPolicy(NEVER, NEVER, 1, 0, false), Duration.ZERO);
        sweeper.sweep();
        assertThat(left()).containsExactly(0L);
        sweeper.sweep();
        assertThat(sweeper.failures()).isEqualTo(1);
    }

    @Test
    void remove_segmentWithATimeThatCannotBe_isRemovedAndAnnounced() throws Exception {
        change(
                "UPDATE segments SET start_ns = ?, end_ns = ? WHERE id = ?",
                Long.MIN_VALUE,
                Long.MIN_VALUE,
                segments.getFirst().id());
        sweeper(new RetentionPolicy(NEVER, NEVER, 1, 0, false), Duration.ZERO).sweep();
        assertThat(left()).isEmpty();
    }

    @Test
    void sweepUnrecorded_oneFolderCannotBeRead_removesInTheOthers() throws Exception {
        Path current = folder.resolve("drone/" + SESSION + "/messages-5.jsonl.gz");
        Path old = folder.resolve("drone/" + SESSION + "/said-6.jsonl.gz"); // named by an earlier version
        Files.writeString(current, "");
        Files.writeString(old, "");
        Files.createDirectories(folder.resolve("lost+found"));
        Files.writeString(folder.resolve("lost+found/messages-5.jsonl.gz"), "");
        sweeper(new RetentionPolicy(Duration.ofHours(1), NEVER, 0, 0, false), Duration.ofHours(2))
                .sweepUnrecorded();
        assertThat(current).doesNotExist();
        assertThat(old).doesNotExist();
        assertThat(folder.resolve("lost+found/messages-5.jsonl.gz"))
                .as("is nobody's stream")
                .exists();
    }

    @Test
    void round_failsWithAnError_isCountedAndTheNextOneSweeps() throws Exception {
        var dies = new AtomicBoolean(true);
        var policy = new RetentionPolicy(Duration.ofHours(1), NEVER, 0, 0, false);
        long before = ThreadFailures.counts().getOrDefault("retention", 0L);
        try (var sweeper = sweeper(policy, clock(later(Duration.ofHours(2))), () -> {
            if (dies.getAndSet(false)) {
                throw new StackOverflowError("once");
            }
            return "";
        })) {
            sweeper.start(Duration.ofMillis(50));
            Eventually.holds("the next round", LIMIT, () -> leftNow() == 1);
        }
        assertThat(ThreadFailures.counts().get("retention")).isEqualTo(before + 1);
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
        Path video = folder.resolve(first.path());
        Path messages = Path.of(video.toString().replace(".mp4", ".messages.jsonl.gz"));
        Path oldMessages = Path.of(video.toString().replace(".mp4", ".said.jsonl.gz"));
        Files.writeString(messages, "");
        Files.writeString(oldMessages, "");
        segmentRemover.remove(first);
        assertThat(folder.resolve(first.path())).doesNotExist();
        assertThat(messages).doesNotExist();
        assertThat(oldMessages).doesNotExist();
        RecordingEvent last = events().getLast();
        assertThat(events()).anySatisfy(event -> {
            assertThat(event.event()).isEqualTo(RecordingEvent.Kind.REMOVED);
            assertThat(event.item()).isEqualTo(RecordingEvent.Item.SEGMENT);
            assertThat(event.path()).isEqualTo(first.path());
        });
        assertThat(last.event()).isEqualTo(RecordingEvent.Kind.REMOVED);
    }

    private RetentionSweeper sweeper(RetentionPolicy policy, Duration later) {
        return sweeper(policy, clock(later(later)));
    }

    private RetentionSweeper sweeper(RetentionPolicy policy, AgeClock ages) {
        return sweeper(policy, ages, () -> "");
    }

    private RetentionSweeper sweeper(RetentionPolicy policy, AgeClock ages, Supplier<String> failureCause) {
        var copies =
                new LocalCopies(folder, new Uploads(archive.catalog()), Optional.empty(), InstantSource.system(), 0);
        return new RetentionSweeper(
                policy, folder, archive.folders(), archive.catalog(), segmentRemover, copies, ages, failureCause);
    }

    private AgeClock clock(InstantSource wall) {
        return new AgeClock(wall, () -> passedNanos, folder.resolve(".aerie-time"));
    }

    private static InstantSource later(Duration later) {
        return InstantSource.offset(InstantSource.system(), later);
    }

    private long bytesLeft() throws IOException {
        return archive.segments().of(STREAM, SESSION).stream()
                .mapToLong(Segment::bytes)
                .sum();
    }

    private int leftNow() {
        try {
            return left().size();
        } catch (IOException _) {
            return -1;
        }
    }

    private List<Long> left() throws IOException {
        return archive.segments().of(STREAM, SESSION).stream()
                .map(Segment::firstFrame)
                .toList();
    }

    private List<RecordingEvent> events() throws IOException, MalformedMessageException {
        var bodies = archive.catalog()
                .query(connection -> new Sql("SELECT body FROM outbox WHERE exchange = ? ORDER BY id")
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
