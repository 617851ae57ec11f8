package dev.aerie.storage.segment;

import static dev.aerie.storage.testing.NumberedVideo.LATER_SESSION;
import static dev.aerie.storage.testing.NumberedVideo.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.threads.ThreadFailures;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one folder, file or frame may do to the rest of the archive: nothing.
@Timeout(120)
final class ArchiveFaultsTest {

    private static final String STREAM = "drone";
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);

    @TempDir
    Path folder;

    private final Map<String, IOException> faults = new HashMap<>();
    private final List<String> listed = new ArrayList<>();

    @Test
    void survey_oneFolderMayNotBeReadAndOneVanishes_looksAfterTheRestAndTakesNothingForMissing() throws Exception {
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, VIDEO.units(SESSION, 0, 35));
            record(archive, LATER_SESSION, VIDEO.units(LATER_SESSION, 0, 35));
            archive.awaitSegments(STREAM, SESSION, 2);
            var later = archive.awaitSegments(STREAM, LATER_SESSION, 2);
            Files.createDirectories(folder.resolve("lost+found"));
            Files.createDirectories(folder.resolve("other/gone"));
            Files.delete(folder.resolve(later.getFirst().path()));
            faults.put("drone/" + SESSION, new AccessDeniedException("drone"));
            faults.put("other/gone", new NoSuchFileException("gone"));

            var report = survey(archive).reconcile();

            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.missing()).isEqualTo(1);
            assertThat(archive.segments(STREAM, SESSION))
                    .extracting(Segment::state)
                    .containsOnly(Segment.State.CLOSED);
            assertThat(archive.segments(STREAM, LATER_SESSION))
                    .extracting(Segment::state)
                    .containsExactly(Segment.State.MISSING, Segment.State.CLOSED);
            assertThat(listed).as("what is no stream is not looked into").noneMatch(name -> name.contains("lost"));
        }
    }

    @Test
    void survey_filesThatAreNone_areCountedAndTheOthersEntered() throws Exception {
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, VIDEO.units(SESSION, 0, 35));
            archive.awaitSegments(STREAM, SESSION, 2);
        }
        Path session = folder.resolve("drone/" + SESSION);
        Files.createDirectories(session.resolve("000000000500.mp4"));
        Files.createDirectories(session.resolve("000000000600.mp4.part"));
        Files.writeString(session.resolve("9999999999999999999.mp4"), "more than a number can be");
        Files.writeString(session.resolve("000000000700.mp4"), "no video");
        for (String file : List.of("catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        try (var archive = new TestArchive(folder)) {
            archive.awaitSegments(STREAM, SESSION, 2);
            var report = survey(archive).reconcile();
            assertThat(report.failed()).isEqualTo(2);
            assertThat(report.unreadable()).isEqualTo(1);
            record(archive, SESSION, VIDEO.units(SESSION, 0, 65));
            archive.awaitSegments(STREAM, SESSION, 4);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION))
                    .as("recorded on, nothing twice")
                    .hasSize(65);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void record_captureTimesThatCannotBe_areRecordedUnderTheTimeOfArrivalNowAndAfterTheIndexIsLost(long nanos)
            throws Exception {
        var units = VIDEO.units(SESSION, 0, 40).stream()
                .map(unit ->
                        unit.withStamp(new FrameStamp(unit.stamp().orElseThrow().id(), nanos, CaptureClock.SENDER)))
                .toList();
        long before = nanosOf(Files.getLastModifiedTime(folder).toMillis());
        try (var archive = new TestArchive(folder, Duration.ofMillis(600))) {
            record(archive, SESSION, units);
            var segments = archive.awaitSegments(STREAM, SESSION, 2);
            assertThat(segments)
                    .allSatisfy(segment ->
                            assertThat(segment.startNanos()).isBetween(before, before + TimeUnit.MINUTES.toNanos(2)));
            Eventually.holds("a snapshot", TestArchive.LIMIT, () -> archive.registrar.snapshots() > 0);
            record(archive, LATER_SESSION, VIDEO.units(LATER_SESSION, 0, 30));
            archive.awaitSegments(STREAM, LATER_SESSION, 1);
        }
        for (String file : List.of("catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        try (var archive = new TestArchive(folder)) {
            var segments = archive.awaitSegments(STREAM, SESSION, 2);
            assertThat(segments)
                    .allSatisfy(segment ->
                            assertThat(segment.endNanos()).isBetween(before, before + TimeUnit.MINUTES.toNanos(2)));
            assertThat(archive.awaitSegments(STREAM, LATER_SESSION, 1)
                            .getFirst()
                            .startNanos())
                    .isEqualTo(NumberedVideo.BEGAN_NANOS);
        }
    }

    @Test
    void keeper_roundFailsWithAnError_isCountedAndTheNextOneLooks() throws Exception {
        long before = failuresOf("archive-keeper");
        var deaths = new AtomicInteger(1);
        Files.createDirectories(folder.resolve("drone/" + SESSION));
        Files.write(folder.resolve("drone/" + SESSION + "/000000000000.mp4.part"), segment());
        try (var archive = new TestArchive(folder, Duration.ZERO, inside -> {
            if (deaths.getAndDecrement() > 0) {
                throw new StackOverflowError("once");
            }
            return list(inside);
        })) {
            archive.awaitSegments(STREAM, SESSION, 1);
        }
        assertThat(failuresOf("archive-keeper")).isEqualTo(before + 1);
    }

    @Test
    void recorder_failsWithAnError_isCountedSaysSoAndRecordsOn() throws Exception {
        long before = failuresOf("recorder");
        try (var archive = new TestArchive(folder)) {
            var deaths = new AtomicInteger(1);
            var context = new RecordingContext(
                    archive.root,
                    archive.registrar,
                    archive.open,
                    new RateLimitedLog(),
                    () -> {
                        if (deaths.getAndDecrement() > 0) {
                            throw new StackOverflowError("once");
                        }
                        return archive.context.ids().get();
                    },
                    archive.context.queued());
            var plan = new RecordingPlan(ONE_SECOND, Duration.ZERO, 64 << 20);
            try (var recorder = Recorder.start(STREAM, SESSION, plan, context, archive.snapshots)) {
                VIDEO.units(SESSION, 0, 10).forEach(recorder::put);
                Eventually.holds(
                        "trouble is told",
                        TestArchive.LIMIT,
                        () -> recorder.status().failureCause().contains("once"));
                VIDEO.units(SESSION, 10, 40).forEach(recorder::put);
                Eventually.holds(
                        () -> "30 frames on disk, stands at " + recorder.status(),
                        TestArchive.LIMIT,
                        () -> recorder.status().frames() == 30);
                assertThat(recorder.status().failureCause()).isEmpty();
            }
            archive.awaitSegments(STREAM, SESSION, 1);
        }
        assertThat(failuresOf("recorder")).isEqualTo(before + 1);
    }

    @Test
    void snapshots_oneStreamsFrameBreaksTheDecoder_theOthersAreTaken() throws Exception {
        long before = failuresOf("snapshots");
        try (var archive = new TestArchive(folder);
                var snapshots = new SnapshotTaker(
                        archive.root, archive.registrar, new RateLimitedLog(), Duration.ofMillis(1), idr -> {
                            if (idr.stamp().orElseThrow().id().stream().equals("bad")) {
                                throw new UnsatisfiedLinkError("no swscale");
                            }
                            return JpegStill.of(idr);
                        })) {
            var bad = NumberedVideo.of("bad").units(SESSION, 0, 11);
            var good = VIDEO.units(SESSION, 0, 11);
            for (AccessUnit unit : List.of(bad.getFirst(), good.getFirst(), bad.get(10), good.get(10))) {
                snapshots.offer(unit, unit.stamp().orElseThrow());
            }
            Eventually.holds("a snapshot", TestArchive.LIMIT, () -> archive.registrar.snapshots() > 0);
        }
        assertThat(failuresOf("snapshots")).isBetween(before + 1, before + 2);
    }

    @Test
    void survey_asAnOrdinaryProcess_passesByFoldersThatMayNotBeRead() throws Exception {
        assumeTrue(OrdinaryProcess.isPossible(), "skipped: this needs setpriv, or not to be root");
        Path session = Files.createDirectories(folder.resolve("drone/" + SESSION));
        Files.write(session.resolve("000000000000.mp4.part"), segment());
        for (String locked : List.of("lost+found", "drone/locked", "locked")) {
            Files.setPosixFilePermissions(Files.createDirectories(folder.resolve(locked)), Set.of());
        }
        try {
            assertThat(OrdinaryProcess.run(folder)).contains("finished=1 failed=2");
        } finally {
            for (String locked : List.of("lost+found", "drone/locked", "locked")) {
                Files.setPosixFilePermissions(
                        folder.resolve(locked),
                        Set.of(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.OWNER_EXECUTE));
            }
        }
    }

    /// Its file had no name of its own yet when the folder was listed.
    @Test
    void reconcile_segmentThatIsClosedAfterItsFolderWasListed_isNotMissing() throws Exception {
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, VIDEO.units(SESSION, 0, 30));
            archive.awaitSegments(STREAM, SESSION, 1);
            var folders = new ArchiveFolders(
                    archive.root,
                    new RateLimitedLog(),
                    inside -> list(inside).stream()
                            .filter(file -> !file.toString().endsWith(".mp4"))
                            .toList());

            var report = new ArchiveReconciler(archive.context, archive.catalog, folders).reconcile();

            assertThat(report.missing()).isZero();
            assertThat(archive.segments(STREAM, SESSION))
                    .extracting(Segment::state)
                    .containsOnly(Segment.State.CLOSED);
        }
    }

    private ArchiveReconciler survey(TestArchive archive) {
        var folders = new ArchiveFolders(archive.root, new RateLimitedLog(), inside -> {
            String name = archive.root.relativize(inside);
            listed.add(name);
            var fault = faults.get(name);
            if (fault != null) {
                throw fault;
            }
            return list(inside);
        });
        return new ArchiveReconciler(archive.context, archive.catalog, folders);
    }

    private static List<Path> list(Path inside) throws IOException {
        try (var files = Files.list(inside)) {
            return files.sorted().toList();
        }
    }

    /// A file that a process left.
    private byte[] segment() throws IOException {
        Path part = Files.createTempDirectory("aerie-part").resolve("growing.part");
        var units = VIDEO.units(SESSION, 0, 8);
        try (var writer =
                SegmentWriter.create(part, VideoTrack.of(units.getFirst()).orElseThrow())) {
            writer.write(writer.prepare(units.stream()
                    .map(unit -> new SegmentCutter.Frame(unit, unit.stamp().orElseThrow(), false))
                    .toList()));
        }
        return Files.readAllBytes(part);
    }

    private static void record(TestArchive archive, String session, List<AccessUnit> units) {
        try (var recorder = archive.recorder(STREAM, session, ONE_SECOND)) {
            units.forEach(recorder::put);
        }
    }

    private static long failuresOf(String thread) {
        return ThreadFailures.counts().getOrDefault(thread, 0L);
    }

    private static long nanosOf(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
