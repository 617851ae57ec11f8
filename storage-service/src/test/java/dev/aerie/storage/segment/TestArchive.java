package dev.aerie.storage.segment;

import dev.aerie.limits.ByteBudget;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Ulid;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Outbox;
import dev.aerie.storage.catalog.OutboxSender;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// An archive as the service has it, without a broker: what is to be announced waits.
final class TestArchive implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    final ArchiveRoot root;
    final Catalog catalog;
    final SegmentRegistrar registrar;
    final OpenSegments open = new OpenSegments();
    final RecordingContext context;
    final ArchiveMaintenance maintenance;
    final SnapshotTaker snapshots;

    TestArchive(Path folder) {
        this(folder, Duration.ZERO);
    }

    TestArchive(Path folder, Duration snapshotInterval) {
        this(folder, snapshotInterval, ArchiveFolders::listed);
    }

    TestArchive(Path folder, Duration snapshotInterval, ArchiveFolders.Lister lister) {
        root = new ArchiveRoot(folder, Duration.ofMillis(500));
        boolean _ = root.check();
        catalog = new Catalog(root.resolve("catalog.sqlite"));
        var clock = InstantSource.system();
        var random = new Random(1);
        registrar = new SegmentRegistrar(catalog, Producer.of("storage-service", "test"), clock);
        context = new RecordingContext(
                root, registrar, open, new RateLimitedLog(), () -> Ulid.next(clock, random), ByteBudget.ofProcess());
        var broker = new BrokerConnection(BrokerAddress.parse("amqp://127.0.0.1:1"), "test");
        maintenance = new ArchiveMaintenance(
                context,
                new ArchiveFolders(root, context.faults(), lister),
                catalog,
                new Outbox(catalog, OutboxSender.of(new ConfirmedPublisher(broker, 10_000, 100))));
        snapshots = new SnapshotTaker(root, registrar, context.faults(), snapshotInterval);
        catalog.start();
        maintenance.start();
    }

    Recorder recorder(String stream, String session, Duration segmentLength) {
        return recorder(stream, session, segmentLength, 64 << 20);
    }

    Recorder recorder(String stream, String session, Duration segmentLength, long bufferBytes) {
        var plan = new RecordingPlan(segmentLength, Duration.ZERO, bufferBytes);
        return Recorder.start(stream, session, plan, context, snapshots);
    }

    /// The closed segments of a session once there are `count` of them.
    List<Segment> awaitSegments(String stream, String session, int count) throws InterruptedException, IOException {
        Eventually.holds(
                () -> count + " segments, there are " + files(),
                LIMIT,
                () -> segments(stream, session).size() >= count);
        return segments(stream, session);
    }

    List<Segment> segments(String stream, String session) {
        try {
            return new Segments(catalog).of(stream, session);
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Everything below the folder but the index, relative.
    List<String> files() {
        try (var files = Files.walk(root.path())) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(name -> !name.startsWith("catalog") && !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Segments segments() {
        return new Segments(catalog);
    }

    Recordings recordings() {
        return new Recordings(catalog);
    }

    Snapshots shots() {
        return new Snapshots(catalog);
    }

    @Override
    public void close() {
        snapshots.close();
        maintenance.close();
        catalog.close();
    }
}
