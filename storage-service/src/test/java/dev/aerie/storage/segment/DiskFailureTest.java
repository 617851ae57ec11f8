package dev.aerie.storage.segment;

import static dev.aerie.storage.testing.NumberedVideo.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.TestDisk;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class DiskFailureTest {

    private static final String STREAM = "drone";
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);

    @TempDir
    private Path folder;

    @Test
    void diskFull_getsRoomBeforeTheBufferIsFull_nothingIsLost() throws Exception {
        var units = VIDEO.units(SESSION, 0, 90);
        try (var disk = TestDisk.small(folder);
                var archive = new TestArchive(folder)) {
            try (var recorder = archive.recorder(STREAM, SESSION, ONE_SECOND)) {
                put(units, 0, 20, recorder);
                awaitFrames(recorder, 20);
                Path filler = disk.fill();
                put(units, 20, 60, recorder);
                Eventually.holds(
                        "trouble is told",
                        TestArchive.LIMIT,
                        () -> recorder.status().failureCause().contains("No space left"));
                Files.delete(filler);
                put(units, 60, 90, recorder);
                awaitFrames(recorder, 90);
                assertThat(recorder.status().failureCause()).isEmpty();
                assertThat(recorder.status().lost()).isZero();
            }
            archive.awaitSegments(STREAM, SESSION, 3);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 90));
        }
    }

    @Test
    void diskFull_longerThanTheBufferLasts_losesWholeGroupsCountsThemAndGoesOn() throws Exception {
        var units = VIDEO.units(SESSION, 0, 200);
        long buffer = 60L * units.get(1).sizeBytes();
        try (var disk = TestDisk.small(folder);
                var archive = new TestArchive(folder)) {
            try (var recorder = archive.recorder(STREAM, SESSION, ONE_SECOND, buffer)) {
                put(units, 0, 20, recorder);
                awaitFrames(recorder, 20);
                Path filler = disk.fill();
                int next = putUntilTrouble(units, 20, recorder, disk);
                put(units, next, 165, recorder);
                assertThat(recorder.status().lost()).isPositive();
                Files.delete(filler);
                Eventually.holds(
                        "room is used",
                        TestArchive.LIMIT,
                        () -> recorder.status().waitingBytes() == 0);
                put(units, 165, 200, recorder);
            }
            Eventually.holds(
                    "the end is entered",
                    TestArchive.LIMIT,
                    () -> archive.segments(STREAM, SESSION).stream().anyMatch(segment -> segment.lastFrame() == 199));
            var kept = new ArchiveProof(archive).numbers(STREAM, SESSION);
            assertThat(kept)
                    .startsWith(numbers(0, 20).toArray(Long[]::new))
                    .contains(numbers(170, 200).toArray(Long[]::new));
            assertThat(kept).hasSizeLessThan(200);
        }
    }

    @Test
    void diskSilent_forSeconds_isToldAndNothingIsLost() throws Exception {
        Path root = Files.createDirectory(folder.resolve("disk"));
        var units = VIDEO.units(SESSION, 0, 60);
        try (var disk = TestDisk.freezable(root, folder.resolve("image"));
                var archive = new TestArchive(root)) {
            try (var recorder = archive.recorder(STREAM, SESSION, ONE_SECOND)) {
                put(units, 0, 20, recorder);
                awaitFrames(recorder, 20);
                assertThat(disk.freeze()).isTrue();
                try {
                    put(units, 20, 60, recorder);
                    Eventually.holds(
                            "silence is told",
                            TestArchive.LIMIT,
                            () -> recorder.status().failureCause().contains("has not answered"));
                } finally {
                    disk.thaw();
                }
                awaitFrames(recorder, 60);
                assertThat(recorder.status().lost()).isZero();
            }
            archive.awaitSegments(STREAM, SESSION, 2);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 60));
        }
    }

    @Test
    void folderGone_andBack_goesOnAndBothPartsAreKept() throws Exception {
        Path root = folder.resolve("archive");
        Path away = folder.resolve("away");
        var units = VIDEO.units(SESSION, 0, 120);
        try (var archive = new TestArchive(root)) {
            try (var recorder = archive.recorder(STREAM, SESSION, Duration.ofMinutes(1))) {
                put(units, 0, 40, recorder);
                awaitFrames(recorder, 40);
                Files.move(root, away);
                put(units, 40, 60, recorder);
                Eventually.holds(
                        "the segment is given up",
                        TestArchive.LIMIT,
                        () -> recorder.status().openPath().isEmpty());
                Files.move(away, root);
                put(units, 60, 120, recorder);
                Eventually.holds(
                        "a new segment",
                        TestArchive.LIMIT,
                        () -> !recorder.status().openPath().isEmpty());
            }
            Eventually.holds(
                    "both parts are entered",
                    TestArchive.LIMIT,
                    () -> archive.segments(STREAM, SESSION).size() == 2);
            var kept = new ArchiveProof(archive).numbers(STREAM, SESSION);
            assertThat(kept)
                    .contains(numbers(0, 40).toArray(Long[]::new))
                    .contains(numbers(60, 120).toArray(Long[]::new));
        }
    }

    @Test
    void folderDeleted_isMadeAgainAndRecordedInto() throws Exception {
        Path root = folder.resolve("archive");
        var units = VIDEO.units(SESSION, 0, 60);
        try (var archive = new TestArchive(root)) {
            try (var recorder = archive.recorder(STREAM, SESSION, Duration.ofMinutes(1))) {
                put(units, 0, 20, recorder);
                awaitFrames(recorder, 20);
                delete(root);
                put(units, 20, 30, recorder);
                Eventually.holds(
                        "the folder is back",
                        TestArchive.LIMIT,
                        () -> archive.root.failureCause().isEmpty() && Files.isDirectory(root));
                put(units, 30, 60, recorder);
                Eventually.holds(
                        "a new segment",
                        TestArchive.LIMIT,
                        () -> !recorder.status().openPath().isEmpty());
            }
            archive.awaitSegments(STREAM, SESSION, 1);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).endsWith(59L);
        }
    }

    @Test
    void index_isLost_isMadeAnewFromTheFiles() throws Exception {
        try (var archive = new TestArchive(folder)) {
            try (var recorder = archive.recorder(STREAM, SESSION, ONE_SECOND)) {
                VIDEO.units(SESSION, 0, 65).forEach(recorder::put);
            }
            archive.awaitSegments(STREAM, SESSION, 3);
        }
        for (String file : List.of("catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        try (var archive = new TestArchive(folder)) {
            archive.awaitSegments(STREAM, SESSION, 3);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 65));
        }
    }

    /// Frame by frame, with the disk filled again before each: the index gives back some room after its work. Returns
    /// the frame that comes next.
    private static int putUntilTrouble(List<AccessUnit> units, int from, Recorder recorder, TestDisk disk)
            throws IOException, InterruptedException {
        int next = from;
        while (recorder.status().failureCause().isEmpty()) {
            Path _ = disk.fill();
            put(units, next, next + 1, recorder);
            int count = ++next;
            Eventually.holds(
                    "written, or trouble is told",
                    TestArchive.LIMIT,
                    () -> recorder.status().frames() == count
                            || !recorder.status().failureCause().isEmpty());
        }
        return next;
    }

    private static void put(List<AccessUnit> units, int from, int to, Recorder recorder) {
        units.subList(from, to).forEach(recorder::put);
    }

    private static void awaitFrames(Recorder recorder, int count) throws InterruptedException {
        Eventually.holds(
                () -> count + " frames on disk, stands at " + recorder.status(),
                TestArchive.LIMIT,
                () -> recorder.status().frames() == count);
    }

    /// All at once, as the archive goes on writing into it.
    private static void delete(Path root) throws IOException {
        Path removed = Files.move(root, root.resolveSibling("removed"));
        try (var files = Files.walk(removed)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
