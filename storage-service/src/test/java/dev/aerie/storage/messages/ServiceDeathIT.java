package dev.aerie.storage.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.ServiceProcess;
import dev.aerie.storage.testing.TestDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the whole service and the broker in turns while results are published, for `-Daerie.chaos.seconds` or, without
/// that, once each: every confirmed message is in the archive, and once.
final class ServiceDeathIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long SECONDS = Long.getLong("aerie.chaos.seconds", 1);
    private static final NumberedVideo VIDEO = NumberedVideo.of("drone");
    private static final int FRAMES = 1800;
    private static final long PAUSE_NANOS = 2_000_000;

    private static TestBroker broker;

    @TempDir
    Path folder;

    private final Set<String> published = new TreeSet<>();

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.privateNode();
    }

    @AfterAll
    static void endBroker() {
        broker.close();
    }

    @Test
    void readiness_diskFull_saysSoUntilThereIsRoom() throws Exception {
        try (var disk = TestDisk.small(folder);
                var service = ServiceProcess.start(folder, broker.url());
                var connection = broker.connect("results");
                var publisher = new ConfirmedPublisher(connection, 1_000, 500)) {
            publisher.start();
            Path filler = disk.fill();
            byte[] body = result(0, 0);
            assertThat(publisher.offer(Exchanges.PROCESSED_FRAMES, body)).isTrue();
            Eventually.holds(
                    () -> "told, says " + service.health().asString(),
                    LIMIT,
                    () -> service.readiness() == 503
                            && service.health().asString().contains("full: 0 bytes are free")
                            && service.health().asString().contains("the broker keeps messages: No space left"));
            Files.delete(filler);
            service.awaitReady();
            assertThat(archived()).containsExactly(key(body));
        }
    }

    @Test
    void accept_serviceAndBrokerKilledInTurns_keepsEveryConfirmedMessageOnce() throws Exception {
        fillArchive();
        int turns = 0;
        try (var service = ServiceProcess.start(folder, broker.url());
                var connection = broker.connect("results");
                var publisher = new ConfirmedPublisher(connection, 100_000, 500)) {
            publisher.start();
            var load = Thread.ofPlatform().daemon().start(() -> load(publisher));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (System.nanoTime() < end) {
                service.kill();
                service.restart();
                broker.kill();
                broker.restart();
                service.awaitReady();
                turns++;
            }
            load.interrupt();
            load.join();
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            Eventually.holds(
                    () -> archived().size() + " of " + published.size() + " filed",
                    LIMIT,
                    () -> waiting() == 0 && archived().size() >= published.size());
            System.out.printf(
                    "published and confirmed %d, republished %d, archived %d; service and broker killed %d times each%n",
                    published.size(),
                    publisher.counts().republished(),
                    archived().size(),
                    turns);
        }
        assertThat(archived()).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(archived())).isEqualTo(published);
    }

    private void fillArchive() throws IOException, InterruptedException {
        try (var archive = new FilledArchive(folder)) {
            var units = VIDEO.loop(NumberedVideo.SESSION, FRAMES);
            archive.record(VIDEO.stream(), NumberedVideo.SESSION, units, Duration.ofSeconds(2), FRAMES / 60);
        }
    }

    /// Results about the recorded frames, of one processor after the other, until it is interrupted.
    private void load(ConfirmedPublisher publisher) {
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            byte[] body = result(i % FRAMES, i / FRAMES);
            if (publisher.offer(Exchanges.PROCESSED_FRAMES, body)) {
                published.add(key(body));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Of every message that lies in any file of the archive, as often as it lies there.
    private List<String> archived() {
        var keys = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl.gz")).toList()) {
                GzipLines.read(file, line -> keys.add(key(line)));
            }
            return keys;
        } catch (IOException | UncheckedIOException _) {
            return List.of(); // a file was moved meanwhile
        }
    }

    /// Files that nobody has filed yet.
    private long waiting() {
        try (Stream<Path> files = Files.list(folder.resolve(".journal"))) {
            return files.count();
        } catch (IOException _) {
            return -1;
        }
    }

    private static String key(byte[] body) {
        try {
            return ArchivedMessage.parse(body).key();
        } catch (Exception e) {
            throw new AssertionError("no message of ours", e);
        }
    }

    private static byte[] result(int frame, int processor) {
        return """
                {"schema":"aerie.frame_result/1","stream":"%s","session":"%s","frame_number":%d,"capture_time_ns":%d,\
                "clock":"sender","timestamp":1.5,"producer":{"service":"frame-processor","instance":"fp-%d"},\
                "width":320,"height":180,"objects":[]}""".formatted(
                        VIDEO.stream(),
                        NumberedVideo.SESSION,
                        frame,
                        VIDEO.stamp(NumberedVideo.SESSION, frame).captureTimeNanos(),
                        processor)
                .getBytes(UTF_8);
    }
}
