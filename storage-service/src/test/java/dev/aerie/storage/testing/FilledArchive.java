package dev.aerie.storage.testing;

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
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.segment.ArchiveFolders;
import dev.aerie.storage.segment.ArchiveMaintenance;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.segment.RateLimitedLog;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.storage.segment.RecordingContext;
import dev.aerie.storage.segment.RecordingPlan;
import dev.aerie.storage.segment.SegmentRegistrar;
import dev.aerie.storage.segment.SnapshotTaker;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// Archives with recordings in them, made in no time.
public final class FilledArchive implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long BUFFER_BYTES = 64 << 20;

    private final ArchiveRoot root;
    private final Catalog catalog;
    private final OpenSegments open = new OpenSegments();
    private final SegmentRegistrar registrar;
    private final RecordingContext context;
    private final ArchiveFolders folders;
    private final ArchiveMaintenance maintenance;

    public FilledArchive(Path folder) {
        root = new ArchiveRoot(folder);
        boolean _ = root.check();
        catalog = new Catalog(root.resolve("catalog.sqlite"));
        var clock = InstantSource.system();
        var random = new Random(1);
        registrar = new SegmentRegistrar(catalog, Producer.of("storage-service", "test"), clock);
        context = new RecordingContext(
                root, registrar, open, new RateLimitedLog(), () -> Ulid.next(clock, random), ByteBudget.ofProcess());
        var nowhere = new BrokerConnection(BrokerAddress.parse("amqp://127.0.0.1:1"), "test");
        folders = new ArchiveFolders(root, context.faults());
        maintenance = new ArchiveMaintenance(
                context,
                folders,
                catalog,
                new Outbox(catalog, OutboxSender.of(new ConfirmedPublisher(nowhere, 10_000, 100))));
        catalog.start();
        maintenance.start();
    }

    public Path folder() {
        return root.path();
    }

    public ArchiveFolders folders() {
        return folders;
    }

    public Catalog catalog() {
        return catalog;
    }

    public OpenSegments open() {
        return open;
    }

    public Segments segments() {
        return new Segments(catalog);
    }

    /// Begins to record into one long segment, without snapshots.
    public Recorder recorder(String stream, String session) {
        var plan = new RecordingPlan(Duration.ofHours(1), Duration.ZERO, BUFFER_BYTES);
        return Recorder.start(
                stream, session, plan, context, new SnapshotTaker(root, registrar, context.faults(), Duration.ZERO));
    }

    /// Records the units as one session and returns its segments; `expected` of them, each about `length` long.
    public List<Segment> record(String stream, String session, List<AccessUnit> units, Duration length, int expected)
            throws InterruptedException, IOException {
        record(context, registrar, stream, session, units, length);
        Eventually.holds(
                expected + " segments", LIMIT, () -> segmentsOf(stream, session).size() >= expected);
        return segmentsOf(stream, session);
    }

    /// [#record(String,String,List,Duration,int)] into an archive that runs already, with snapshots of all IDR
    /// frames.
    public static void record(
            RecordingContext context,
            SegmentRegistrar registrar,
            String stream,
            String session,
            List<AccessUnit> units,
            Duration length)
            throws InterruptedException {
        try (var snapshots = new SnapshotTaker(context.root(), registrar, context.faults(), Duration.ofMillis(1))) {
            try (var recorder = Recorder.start(
                    stream,
                    session,
                    new RecordingPlan(length, Duration.ofMillis(1), BUFFER_BYTES),
                    context,
                    snapshots)) {
                for (AccessUnit unit : units) {
                    Eventually.holds(
                            "the disk follows", LIMIT, () -> recorder.status().waitingBytes() < BUFFER_BYTES / 2);
                    recorder.put(unit);
                }
            }
        }
    }

    @Override
    public void close() {
        maintenance.close();
        catalog.close();
    }

    private List<Segment> segmentsOf(String stream, String session) {
        try {
            return segments().of(stream, session);
        } catch (IOException _) {
            return List.of();
        }
    }
}
