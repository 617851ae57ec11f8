package dev.aerie.storage.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An archive of the version before, whose message files are called `….said.jsonl.gz` and `said-<minute>.jsonl.gz`.
final class OldArchiveTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final int FAR_FRAME = 40_000_000;

    @TempDir
    Path folder;

    private FilledArchive archive;
    private Segment segment;
    private Path oldFile;
    private final AtomicLong steps = new AtomicLong();

    @BeforeEach
    void record() throws Exception {
        archive = new FilledArchive(folder);
        var units = NumberedVideo.of(STREAM).units(SESSION, 0, 30);
        segment =
                archive.record(STREAM, SESSION, units, Duration.ofSeconds(1), 1).getFirst();
        oldFile = folder.resolve(segment.path().replace(".mp4", ".said.jsonl.gz"));
        write(oldFile, results(0, 10));
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void read_oldFile_returnsItsMessages() throws IOException {
        try (var messages = archiveOfMessages()) {
            assertThat(framesRead(messages)).containsExactlyElementsOf(frames(0, 10));
        }
    }

    @Test
    void fileNow_oldFileExists_isAppendedToWithoutDuplicates() throws IOException {
        try (var messages = archiveOfMessages()) {
            messages.accept(results(5, 20));
            messages.fileNow();
            assertThat(messages.counts().duplicates()).isEqualTo(5);
            assertThat(framesRead(messages)).containsExactlyElementsOf(frames(0, 20));
        }
        assertThat(folder.resolve(segment.path().replace(".mp4", ".messages.jsonl.gz")))
                .doesNotExist();
        assertThat(new LogFile(oldFile, 0).read(_ -> true)).hasSize(20);
    }

    @Test
    void reindexNow_oldFile_isIndexed() throws IOException {
        try (var messages = archiveOfMessages()) {
            messages.reindexNow();
            assertThat(new LabelIndex(archive.catalog()).ofSegment(segment.id()))
                    .containsExactly(new LabelIndex.LabelCount("person", 10, 0.5));
        }
    }

    @Test
    void fileNow_oldUnrecordedFileExists_isAppendedToWithoutDuplicates() throws IOException {
        long minute = captureNanos(FAR_FRAME) / 60_000_000_000L;
        Path sessionFolder = folder.resolve(STREAM).resolve(SESSION);
        Path unrecorded = sessionFolder.resolve("said-" + minute + ".jsonl.gz");
        write(unrecorded, List.of(result(FAR_FRAME)));
        try (var messages = archiveOfMessages()) {
            messages.accept(List.of(result(FAR_FRAME), result(FAR_FRAME + 1)));
            messages.fileNow();
        }
        assertThat(new LogFile(unrecorded, 0).read(_ -> true)).hasSize(2);
        assertThat(sessionFolder.resolve("messages-" + minute + ".jsonl.gz")).doesNotExist();
    }

    /// Its clock advances at each call, so that every log file is complete at once.
    private MessageArchive archiveOfMessages() {
        return new MessageArchive(
                folder.resolve(".journal"),
                new CatalogSegmentMessages(folder, archive.catalog(), archive.open()),
                () -> Instant.ofEpochSecond(300 * steps.incrementAndGet()),
                () -> "");
    }

    private static List<Long> framesRead(MessageArchive messages) throws IOException {
        return messages.read(STREAM, SESSION, 0, Long.MAX_VALUE, _ -> true).stream()
                .map(message -> message.frameNumber().orElseThrow())
                .toList();
    }

    private static void write(Path file, List<byte[]> lines) throws IOException {
        try (var out = GzipLines.open(file)) {
            out.append(lines);
        }
    }

    private static List<Long> frames(int first, int end) {
        return LongStream.range(first, end).boxed().toList();
    }

    private static List<byte[]> results(int first, int end) {
        return IntStream.range(first, end).mapToObj(OldArchiveTest::result).toList();
    }

    private static long captureNanos(int frame) {
        return NumberedVideo.of(STREAM).stamp(SESSION, frame).captureTimeNanos();
    }

    private static byte[] result(int frame) {
        return """
                {"schema":"aerie.frame_result/1","stream":"%s","session":"%s","frame_number":%d,"capture_time_ns":%d,\
                "clock":"sender","timestamp":1.5,"producer":{"service":"frame-processor","instance":"fp-1"},\
                "objects":[{"id":1,"label":"person","score":0.5,"state":"confirmed"}]}""".formatted(STREAM, SESSION, frame, captureNanos(frame)).getBytes(UTF_8);
    }
}
