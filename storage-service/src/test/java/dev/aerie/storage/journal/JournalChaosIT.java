package dev.aerie.storage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the journal and the broker in turns while results are published, for `-Daerie.chaos.seconds` (10 by
/// default): every confirmed message is in the archive, and once.
final class JournalChaosIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long SECONDS = Long.getLong("aerie.chaos.seconds", 6);
    private static final int SEGMENTS = 10_000;
    private static final long PAUSE_NANOS = 2_000_000;

    @TempDir
    Path archive;

    @Test
    void accept_journalAndBrokerKilledInTurns_keepsEveryConfirmedMessageOnce() throws Exception {
        var published = new AtomicLong();
        try (var broker = TestBroker.privateNode();
                var connection = broker.connect("results");
                var publisher = new ConfirmedPublisher(connection, 100_000, 500)) {
            publisher.start();
            Process journal = start(broker);
            awaitFirst(publisher, published);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            var load = Thread.ofVirtual().start(() -> load(publisher, published, end));
            for (int turn = 0; System.nanoTime() < end; turn++) {
                TimeUnit.SECONDS.sleep(2);
                if (turn % 2 == 0) {
                    kill(journal);
                    journal = start(broker);
                } else {
                    broker.kill();
                    broker.restart();
                }
            }
            load.join();
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            Eventually.holds(
                    "all is in the archive", LIMIT, () -> frames().distinct().count() == published.get());
            kill(journal);
        }
        fileTheRest();
        assertThat(frames().sorted().boxed().toList())
                .hasSize(Math.toIntExact(published.get()))
                .doesNotHaveDuplicates();
    }

    /// Messages published before the queue exists go nowhere: the first one is repeated until it has arrived.
    private void awaitFirst(ConfirmedPublisher publisher, AtomicLong published) throws InterruptedException {
        Eventually.holds("the journal listens", LIMIT, () -> {
            publisher.offer(JournalMain.EXCHANGE, result(0));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            return frames().findAny().isPresent();
        });
        published.set(1);
    }

    private static void load(ConfirmedPublisher publisher, AtomicLong published, long endNanos) {
        while (System.nanoTime() < endNanos) {
            if (publisher.offer(JournalMain.EXCHANGE, result(published.get()))) {
                published.incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Process start(TestBroker broker) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalMain.class.getName(),
                        broker.url(),
                        archive.toString(),
                        Integer.toString(SEGMENTS)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void kill(Process journal) throws InterruptedException {
        journal.destroyForcibly().waitFor();
    }

    private void fileTheRest() throws IOException {
        var books = JournalMain.books(archive, SEGMENTS);
        var later = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
        try (var journal = new Journal(archive.resolve(".journal"), books, later, () -> "")) {
            journal.fileNow();
        }
        try (Stream<Path> waiting = Files.list(archive.resolve(".journal"))) {
            assertThat(waiting).isEmpty();
        }
    }

    /// Of every message that lies in any file of the archive, as often as it lies there.
    private LongStream frames() {
        var frames = LongStream.builder();
        try (Stream<Path> files = Files.walk(archive)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl.gz")).toList()) {
                GzipLines.read(
                        file,
                        line -> frames.add(IntakeFile.parsed(line).frameNumber().orElseThrow()));
            }
        } catch (IOException | UncheckedIOException _) {
            return LongStream.empty(); // a file was moved meanwhile
        }
        return frames.build();
    }

    private static byte[] result(long frame) {
        return """
                {"schema":"aerie.frame_result/1","stream":"drone","session":"01K9JXW7Z3T4V5W6X7Y8Z9ABCD",\
                "frame_number":%d,"capture_time_ns":%d,"clock":"sender","timestamp":1.5,\
                "producer":{"service":"frame-processor","instance":"fp-1"},"objects":[]}""".formatted(frame, frame * ShelvesOnPaper.PICTURE_NANOS).getBytes(UTF_8);
    }
}
