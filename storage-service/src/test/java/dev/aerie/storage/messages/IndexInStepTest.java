package dev.aerie.storage.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Sql;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One segment of 30 frames, in the first 20 of which a person is seen; a power cut takes the index's last change.
final class IndexInStepTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;

    @TempDir
    Path folder;

    private FilledArchive archive;
    private Segment segment;
    private final AtomicLong leaps = new AtomicLong();

    @BeforeEach
    void record() throws Exception {
        archive = new FilledArchive(folder);
        var units = NumberedVideo.of(STREAM).units(SESSION, 0, 30);
        segment =
                archive.record(STREAM, SESSION, units, Duration.ofSeconds(1), 1).getFirst();
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void countNow_indexLostTheLastLabels_countsThemAgainOnce() throws Exception {
        try (var messageArchive = journal()) {
            messageArchive.accept(results(0, 10));
            messageArchive.fileNow();
            messageArchive.reindexNow();
            assertThat(seen()).isEqualTo(10);
            long bytes = count("SELECT bytes FROM filed_messages");
            messageArchive.accept(results(10, 20));
            messageArchive.fileNow();
            assertThat(seen()).isEqualTo(20);
            change("UPDATE labels SET frames = 10");
            change("UPDATE filed_messages SET bytes = ?", bytes);
        }
        try (var messageArchive = journal()) {
            messageArchive.accept(results(5, 20));
            messageArchive.fileNow();
            messageArchive.reindexNow();
            assertThat(seen()).isEqualTo(20);
        }
        change("UPDATE labels SET frames = 3"); // that nobody repairs: the file is what was counted
        try (var messageArchive = journal()) {
            messageArchive.reindexNow();
            assertThat(seen()).isEqualTo(3);
        }
    }

    @Test
    void countNow_onlyTheIndexIsBehind_bringsItInStep() throws Exception {
        try (var messageArchive = journal()) {
            messageArchive.accept(results(0, 20));
            messageArchive.fileNow();
            change("DELETE FROM labels");
            change("UPDATE filed_messages SET bytes = 1");
        }
        try (var messageArchive = journal()) {
            messageArchive.reindexNow();
            assertThat(seen()).isEqualTo(20);
        }
    }

    /// Its clock leaps each time that it is asked, so that every file is complete at once.
    private MessageArchive journal() {
        var messages = new CatalogSegmentMessages(folder, archive.catalog(), archive.open());
        return new MessageArchive(
                folder.resolve(".journal"),
                messages,
                () -> Instant.ofEpochSecond(300 * leaps.incrementAndGet()),
                () -> "");
    }

    private long seen() throws IOException {
        return new LabelIndex(archive.catalog())
                .ofSegment(segment.id()).stream()
                        .mapToLong(LabelIndex.LabelCount::frames)
                        .sum();
    }

    private long count(String sql) throws IOException {
        return archive.catalog()
                .query(connection -> new Sql(sql).list(connection, row -> row.getLong(1)))
                .getFirst();
    }

    private void change(String sql, Object... parameters) throws ExecutionException, InterruptedException {
        int _ = archive.catalog()
                .change(connection -> new Sql(sql).update(connection, parameters))
                .get();
    }

    private static List<byte[]> results(int first, int end) {
        return IntStream.range(first, end).mapToObj(IndexInStepTest::result).toList();
    }

    private static byte[] result(int frame) {
        return """
                {"schema":"aerie.frame_result/1","stream":"%s","session":"%s","frame_number":%d,"capture_time_ns":%d,\
                "clock":"sender","timestamp":1.5,"producer":{"service":"frame-processor","instance":"fp-1"},\
                "objects":[{"id":1,"label":"person","score":0.5,"state":"confirmed"}]}""".formatted(
                        STREAM,
                        SESSION,
                        frame,
                        NumberedVideo.of(STREAM).stamp(SESSION, frame).captureTimeNanos())
                .getBytes(UTF_8);
    }
}
