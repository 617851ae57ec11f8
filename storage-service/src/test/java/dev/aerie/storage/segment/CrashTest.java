package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.Playback;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a process that is killed leaves behind; with `-Daerie.kills=50` at 50 moments.
@Timeout(600)
final class CrashTest {

    static final String STREAM = "drone";

    private static final int KILLS = Integer.getInteger("aerie.kills", 4);
    private static final int MAX_FRAMES_BEFORE_KILL = 75;
    private static final int TORN_PLACES = 12;

    @TempDir
    private Path folder;

    private final Random random = new Random(Long.getLong("aerie.seed", 3));

    /// One process: its first frame, and the last ones it had taken, and had on disk, when it was killed.
    private record Life(int first, long taken, long written) {

        /// The last of its frames that was found afterwards, the one before its first if there is none.
        long lastKept(NavigableSet<Long> kept) {
            Long last = kept.floor(taken);
            return last == null ? first - 1L : Math.max(first - 1L, last);
        }
    }

    @Test
    void kill_atRandomMoments_keepsAllThatWasWrittenAndSaysWhatWasNot() throws Exception {
        var lives = new ArrayList<Life>();
        int first = 0;
        for (int i = 0; i < KILLS; i++) {
            lives.add(liveAndDie(first));
            first = (int) lives.getLast().taken() + 1;
        }
        try (var archive = new TestArchive(folder)) {
            Eventually.holds(
                    "everything repaired",
                    TestArchive.LIMIT,
                    () -> archive.files().stream().noneMatch(name -> name.endsWith(".part"))
                            && archive.segments(STREAM, NumberedVideo.SESSION).size()
                                    == archive.files().stream()
                                            .filter(name -> name.endsWith(".mp4"))
                                            .count());
            var kept = new TreeSet<>(new ArchiveProof(archive).numbers(STREAM, NumberedVideo.SESSION));
            for (Life life : lives) {
                long lastKept = life.lastKept(kept);
                assertThat(lastKept).as("kept of %s", life).isGreaterThanOrEqualTo(life.written());
                assertThat(kept)
                        .containsAll(LongStream.rangeClosed(life.first(), lastKept)
                                .boxed()
                                .toList());
            }
            System.out.println(summary(lives, kept));
        }
    }

    @Test
    void repair_fileTornAnywhere_keepsEveryWholeFragmentAndIsReadable() throws Exception {
        byte[] whole = growingFile();
        for (int i = 0; i < TORN_PLACES; i++) {
            int length = i == 0 ? whole.length : random.nextInt(whole.length);
            var root = new ArchiveRoot(folder.resolve("torn-" + i));
            assertThat(root.check()).isTrue();
            var name = new SegmentName(STREAM, NumberedVideo.SESSION, 0);
            Files.createDirectories(root.resolve(name.folder()));
            Files.write(root.resolve(name.partPath()), Arrays.copyOf(whole, length));

            var repaired = new SegmentRepair(root, () -> "id").finish(name);

            assertThat(root.resolve(name.partPath())).doesNotExist();
            if (repaired.isPresent()) {
                var seen = Playback.of(STREAM, root.resolve(name.path()));
                assertThat(seen)
                        .extracting(Playback.Seen::burnt)
                        .isEqualTo(LongStream.range(0, seen.size()).boxed().toList());
                assertThat(seen)
                        .hasSize((int) repaired.get().segment().frames())
                        .hasSizeGreaterThanOrEqualTo(wholeFrames(whole, length));
            } else {
                assertThat(wholeFrames(whole, length)).isZero();
            }
        }
    }

    @Test
    void repair_bitsTurnedAnywhere_neverEntersAPictureThatIsNotThere() throws Exception {
        byte[] whole = growingFile();
        for (int i = 0; i < TORN_PLACES; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            var root = new ArchiveRoot(folder.resolve("broken-" + i));
            assertThat(root.check()).isTrue();
            var name = new SegmentName(STREAM, NumberedVideo.SESSION, 0);
            Files.createDirectories(root.resolve(name.folder()));
            Files.write(root.resolve(name.partPath()), broken);

            var repaired = new SegmentRepair(root, () -> "id").finish(name);

            if (repaired.isPresent()) {
                var numbers = repaired.get().frames().frames().stream()
                        .map(frame -> frame.frameNumber())
                        .toList();
                assertThat(numbers).isSorted().doesNotHaveDuplicates();
                var again = new SegmentRepair(root, () -> "id").read(name);
                assertThat(again.orElseThrow().frames())
                        .isEqualTo(repaired.get().frames());
            }
        }
    }

    /// A `.part` file of 40 frames in fragments of 8, as a process would leave it.
    private byte[] growingFile() throws IOException {
        Path part = folder.resolve("growing.part");
        Files.deleteIfExists(part);
        var units = NumberedVideo.of(STREAM).units(NumberedVideo.SESSION, 0, 40);
        var track = VideoTrack.of(units.getFirst()).orElseThrow();
        try (var writer = SegmentWriter.create(part, track)) {
            for (int from = 0; from < 40; from += 8) {
                var frames = units.subList(from, from + 8).stream()
                        .map(unit -> new SegmentCutter.Frame(unit, unit.stamp().orElseThrow(), false))
                        .toList();
                writer.write(writer.prepare(frames));
            }
        }
        return Files.readAllBytes(part);
    }

    /// Frames of whole fragments in the first `length` bytes.
    private int wholeFrames(byte[] whole, int length) throws IOException {
        Path file = Files.write(folder.resolve("whole.part"), whole);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var found = SegmentScan.read(channel, new SegmentName(STREAM, NumberedVideo.SESSION, 0));
            var frames = found.orElseThrow().frames().frames();
            int count = 0;
            for (int end = 8; end <= frames.size() && frames.get(end - 1).end() <= length; end += 8) {
                count = end;
            }
            return count;
        }
    }

    private static String summary(List<Life> lives, NavigableSet<Long> kept) {
        var lost = lives.stream()
                .mapToLong(life -> life.taken() - life.lastKept(kept))
                .sorted()
                .toArray();
        return "killed %d times: %d of %d frames kept; lost at once: most %d, median %d, of 30 a second"
                .formatted(
                        lives.size(),
                        kept.size(),
                        lives.getLast().taken() + 1,
                        lost[lost.length - 1],
                        lost[lost.length / 2]);
    }

    private Life liveAndDie(int first) throws IOException, InterruptedException {
        Path taken = folder.resolveSibling(folder.getFileName() + "-taken-" + first);
        Process process = CrashingRecorder.start(folder, first, 1, taken);
        long until = first + 5L + random.nextInt(MAX_FRAMES_BEFORE_KILL);
        Eventually.holds(
                "frame " + until + " taken",
                TestArchive.LIMIT,
                () -> life(taken, first).taken() >= until);
        Thread.sleep(random.nextInt(33));
        process.destroyForcibly().waitFor();
        var life = life(taken, first);
        Files.delete(taken);
        return life;
    }

    /// What the last line that was printed whole says.
    private static Life life(Path told, int first) {
        try {
            String text = Files.readString(told);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            return whole.lines()
                    .reduce((_, last) -> last)
                    .map(line -> line.split(" ", 2))
                    .map(numbers -> new Life(first, Long.parseLong(numbers[0]), first + Long.parseLong(numbers[1]) - 1))
                    .orElse(new Life(first, first - 1L, first - 1L));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
