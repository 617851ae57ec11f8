package dev.aerie.storage.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.threads.ThreadFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MessageArchiveTest {

    private static final String STREAM = "drone";
    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private InMemorySegmentMessages segments;
    private MessageArchive messageArchive;

    @BeforeEach
    void open() {
        segments = new InMemorySegmentMessages(folder.resolve("segments"));
        messageArchive = restarted();
    }

    @Test
    void fileNow_segmentClosed_itsMessagesLieInItsFileByFrameOnceEach() throws IOException {
        messageArchive.accept(results(95, 105));
        messageArchive.accept(results(95, 100)); // the broker delivers again what was not acknowledged
        segments.segment(0, true);
        segments.segment(1, false);
        wait(Duration.ofSeconds(11));
        messageArchive.fileNow();
        assertThat(segments.file(0)).as("segment 1 is open yet").doesNotExist();
        segments.segment(1, true);
        messageArchive.fileNow();
        assertThat(frames(segments.file(0))).containsExactly(95L, 96L, 97L, 98L, 99L);
        assertThat(frames(segments.file(1))).containsExactly(100L, 101L, 102L, 103L, 104L);
        assertThat(messageArchive.counts().duplicates()).isEqualTo(5);
        assertThat(waitingFiles()).isEmpty();
        assertThat(segments.filed.get("segment-1").rows()).containsExactly(new LabelStats.Row(0, "person", 5, 0.5));
    }

    @Test
    void fileNow_messageAgainAfterItsSegmentWasFiled_isLeftOut() throws IOException {
        segments.segment(0, true);
        messageArchive.accept(results(0, 50));
        fileAll();
        messageArchive.accept(results(40, 60));
        fileAll();
        assertThat(frames(segments.file(0)))
                .isEqualTo(LongStream.range(0, 60).boxed().toList());
    }

    @Test
    void fileNow_crashBetweenFilingAndForgetting_filesNothingTwice() throws IOException {
        messageArchive.accept(results(0, 30));
        List<Path> waiting = waitingFiles();
        byte[] copy = Files.readAllBytes(waiting.getFirst());
        segments.segment(0, true);
        fileAll();
        Files.write(waiting.getFirst(), copy); // as if the file had not been deleted yet
        messageArchive = restarted();
        fileAll();
        assertThat(frames(segments.file(0))).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void accept_restartWithTornTail_keepsEveryAcceptedBatch() throws IOException {
        messageArchive.accept(results(0, 10));
        messageArchive.accept(results(10, 20));
        Path file = waitingFiles().getFirst();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3)); // the second was never acknowledged
        messageArchive = restarted();
        messageArchive.accept(results(10, 20));
        segments.segment(0, true);
        fileAll();
        assertThat(frames(segments.file(0)))
                .isEqualTo(LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void fileNow_nothingRecorded_keepsMessagesByMinute() throws IOException {
        messageArchive.accept(results(0, 10));
        wait(Duration.ofSeconds(11));
        messageArchive.fileNow();
        assertThat(waitingFiles()).as("a segment may come yet").isNotEmpty();
        wait(LogCompactor.RECORDED_WITHIN.plusSeconds(1));
        messageArchive.fileNow();
        Path file = segments.unrecordedFolder(STREAM, SESSION).resolve("messages-0.jsonl.gz");
        assertThat(frames(file)).hasSize(10);
        assertThat(waitingFiles()).isEmpty();
    }

    @Test
    void read_partlyFiled_givesEachMessageOnceInOrder() throws IOException {
        segments.segment(0, true);
        messageArchive.accept(results(0, 50));
        fileAll();
        messageArchive.accept(results(45, 120));
        assertThat(messageArchive.read(STREAM, SESSION, 40, 110, _ -> true).stream()
                        .map(message -> message.frameNumber().orElseThrow()))
                .isEqualTo(LongStream.rangeClosed(40, 110).boxed().toList());
    }

    @Test
    void accept_replaysAndNonsense_areCountedAndNotKept() throws IOException {
        String replayed = new String(result(1), UTF_8).replace("\"sender\"", "\"replay\"");
        messageArchive.accept(List.of(replayed.getBytes(UTF_8), "nonsense".getBytes(UTF_8), result(2)));
        assertThat(messageArchive.counts()).isEqualTo(new MessageArchive.Counts(1, 0, 0, 1, 1));
    }

    @Test
    void accept_folderGoneAndBack_refusesTheBatchThenTakesIt() throws IOException {
        messageArchive.accept(results(0, 5));
        delete(folder.resolve("journal"));
        Files.createFile(folder.resolve("journal")); // as where a disk is not mounted: no folder can be made
        assertThatThrownBy(() -> messageArchive.accept(results(5, 10))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> messageArchive.accept(results(5, 10))).isInstanceOf(IOException.class);
        Files.delete(folder.resolve("journal"));
        messageArchive.accept(results(5, 10));
        assertThat(messageArchive.read(STREAM, SESSION, 0, 100, _ -> true)).hasSize(5);
    }

    @Test
    void fileNow_messageNamesAHugeFrameNumber_holdsUpNothingOfARunningSession() throws IOException {
        segments.segment(0, true);
        segments.segment(1, false);
        messageArchive.accept(results(0, 100));
        messageArchive.accept(List.of(result(Long.MAX_VALUE / InMemorySegmentMessages.FRAME_NANOS), futureResult(30)));
        wait(LogCompactor.RECORDED_WITHIN.plusSeconds(1));
        messageArchive.fileNow();
        assertThat(frames(segments.file(0))).hasSize(101);
        assertThat(waitingFiles()).isEmpty();
    }

    @Test
    void fileNow_oneFileCannotBeMoved_theOthersAreAndItFollows() throws IOException {
        segments.segment(0, true);
        segments.segment(1, true);
        Files.createDirectories(segments.file(0).resolve("in the way"));
        messageArchive.accept(results(0, 10));
        wait(Duration.ofSeconds(11));
        messageArchive.accept(results(100, 110));
        fileAll();
        assertThat(frames(segments.file(1))).hasSize(10);
        assertThat(waitingFiles()).hasSize(1);
        delete(segments.file(0));
        messageArchive = restarted();
        fileAll();
        assertThat(frames(segments.file(0))).hasSize(10);
    }

    @Test
    void open_aFileThatCannotBeRead_standsInNobodysWay() throws IOException {
        Files.createDirectories(folder.resolve("journal/000000000007.jsonl.gz"));
        Files.write(
                folder.resolve("journal/000000000008.jsonl.gz"),
                GzipMember.of(List.of("no message".getBytes(UTF_8), result(3))).array());
        messageArchive.accept(results(10, 20));
        segments.segment(0, true);
        fileAll();
        assertThat(frames(segments.file(0))).hasSize(11).contains(3L);
    }

    @Test
    void fileNow_deathBetweenTheFileAndTheIndex_leavesNoLabelOutAndNoneTwice() throws IOException {
        segments.segment(0, true);
        segments.dies = true;
        messageArchive.accept(results(0, 30));
        wait(Duration.ofMinutes(5));
        assertThatThrownBy(() -> messageArchive.fileNow()).isInstanceOf(OutOfMemoryError.class);
        assertThat(frames(segments.file(0))).hasSize(30);
        assertThat(segments.filed).isEmpty();
        segments.dies = false;
        messageArchive = restarted();
        fileAll();
        assertThat(frames(segments.file(0))).hasSize(30);
        assertThat(segments.filed.get("segment-0").rows()).containsExactly(new LabelStats.Row(0, "person", 30, 0.5));
    }

    @Test
    void round_failsWithAnError_isCountedAndTheNextOneFiles() throws Exception {
        segments.segment(0, true);
        messageArchive.accept(results(0, 30));
        wait(Duration.ofMinutes(5));
        segments.dies = true;
        long before = failures();
        messageArchive.start();
        Eventually.holds("the failure is counted", LIMIT, () -> failures() > before);
        Eventually.holds("and named", LIMIT, () -> ThreadFailures.now().containsKey("journal-filing"));
        segments.dies = false;
        Eventually.holds("filed", LIMIT, () -> segments.filed.containsKey("segment-0"));
        messageArchive.close();
    }

    private static long failures() {
        return ThreadFailures.counts().getOrDefault("journal-filing", 0L);
    }

    /// About a frame of now, taken in 2262.
    private static byte[] futureResult(long frame) {
        return new String(result(frame), UTF_8)
                .replace(
                        "\"capture_time_ns\":" + frame * InMemorySegmentMessages.FRAME_NANOS,
                        "\"capture_time_ns\":" + Long.MAX_VALUE)
                .replace("fp-1", "fp-2")
                .getBytes(UTF_8);
    }

    private MessageArchive restarted() {
        return new MessageArchive(folder.resolve("journal"), segments, now::get, () -> "");
    }

    private void fileAll() throws IOException {
        wait(Duration.ofMinutes(5));
        messageArchive.fileNow();
    }

    private void wait(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private List<Path> waitingFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            return files.sorted().toList();
        }
    }

    private static List<byte[]> results(int first, int end) {
        return IntStream.range(first, end).mapToObj(MessageArchiveTest::result).toList();
    }

    private static byte[] result(long frame) {
        return """
                {"schema":"aerie.frame_result/1","stream":"%s","session":"%s","frame_number":%d,"capture_time_ns":%d,\
                "clock":"sender","timestamp":1.5,"producer":{"service":"frame-processor","instance":"fp-1"},\
                "objects":[{"id":1,"label":"person","score":0.5,"state":"confirmed"},\
                {"id":2,"label":"person","score":0.25,"state":"confirmed"},\
                {"id":3,"label":"car","score":0.9,"state":"lost"}]}""".formatted(STREAM, SESSION, frame, frame * InMemorySegmentMessages.FRAME_NANOS)
                .getBytes(UTF_8);
    }

    private static List<Long> frames(Path file) throws IOException {
        var frames = new ArrayList<Long>();
        new LogFile(file, 0)
                .read(_ -> true)
                .forEach(message -> frames.add(message.frameNumber().orElseThrow()));
        return frames;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
