package dev.aerie.storage;

import dev.aerie.limits.ByteBudget;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Ulid;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.BrokerUse;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.LocalUnits;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.client.TcpUnits;
import dev.aerie.service.consumer.ConsumerService;
import dev.aerie.service.direct.ResultLog;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.stage.FrameStages;
import dev.aerie.service.stage.FrameTracer;
import dev.aerie.service.stage.Stage;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Outbox;
import dev.aerie.storage.catalog.OutboxSender;
import dev.aerie.storage.health.ArchiveMetrics;
import dev.aerie.storage.segment.ArchiveFolders;
import dev.aerie.storage.segment.ArchiveMaintenance;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.segment.RateLimitedLog;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.storage.segment.RecordingContext;
import dev.aerie.storage.segment.RecordingPlan;
import dev.aerie.storage.segment.SegmentRegistrar;
import dev.aerie.storage.segment.SnapshotTaker;
import dev.aerie.storage.work.RecordingWorker;
import dev.aerie.storage.work.RecordingWorkerFactory;
import dev.aerie.video.AccessUnit;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/// Builds the archive and the recorders of streams. [dev.aerie.service.consumer] builds the parts that all services
/// share, and [StorageLifecycle] closes the archive.
final class StorageWiring {

    private static final String SERVICE = "storage-service";
    private static final int DEFAULT_PORT = 5004;
    private static final String INDEX = "catalog.sqlite";
    private static final int ANNOUNCEMENTS_BUFFERED = 1000;
    private static final int ANNOUNCEMENTS_UNDERWAY = 200;
    private static final long MEBIBYTE = 1L << 20;

    /// Video may be recorded a little later: a thread that wakes up for each frame costs more CPU time than writing
    /// its bytes.
    private static final Duration GATHER = Duration.ofMillis(200);

    @Produces
    @Singleton
    ConsumerService service(StorageConfig config) {
        return new ConsumerService(SERVICE, config.apiPort(), DEFAULT_PORT, config.capacity(), config.consumer());
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    ConfirmedPublisher publisher(BrokerConnection broker) {
        return new ConfirmedPublisher(broker, ANNOUNCEMENTS_BUFFERED, ANNOUNCEMENTS_UNDERWAY);
    }

    @Produces
    @Singleton
    ArchiveRoot root(StorageConfig config) {
        var root = new ArchiveRoot(ArchiveRoot.folder(config.path()));
        boolean _ = root.check();
        return root;
    }

    @Produces
    @Singleton
    Catalog catalog(ArchiveRoot root) {
        return new Catalog(root.resolve(INDEX));
    }

    @Produces
    @Singleton
    OpenSegments openSegments() {
        return new OpenSegments();
    }

    @Produces
    @Singleton
    RateLimitedLog faults() {
        return new RateLimitedLog();
    }

    @Produces
    @Singleton
    SegmentRegistrar ledger(Catalog catalog, Producer producer, InstantSource clock) {
        return new SegmentRegistrar(catalog, producer, clock);
    }

    @Produces
    @Singleton
    RecordingContext time(
            ArchiveRoot root,
            SegmentRegistrar registrar,
            OpenSegments open,
            RateLimitedLog faults,
            InstantSource clock) {
        var random = new SecureRandom();
        return new RecordingContext(
                root, registrar, open, faults, () -> Ulid.next(clock, random), ByteBudget.ofProcess());
    }

    @Produces
    @Singleton
    ArchiveFolders folders(ArchiveRoot root, RateLimitedLog faults) {
        return new ArchiveFolders(root, faults);
    }

    @Produces
    @Singleton
    ArchiveMaintenance keeper(
            RecordingContext context,
            ArchiveFolders folders,
            Catalog catalog,
            WorkerPlan plan,
            BrokerConnection broker,
            ConfirmedPublisher publisher) {
        var sender = plan.broker() == BrokerUse.NEEDED
                ? OutboxSender.of(publisher)
                : OutboxSender.logging(publisher, broker, new ResultLog(Duration.ZERO));
        return new ArchiveMaintenance(context, folders, catalog, new Outbox(catalog, sender));
    }

    @Produces
    @Singleton
    RecordingPlan plan(StorageConfig config) {
        return new RecordingPlan(
                config.segmentLength(),
                Duration.ofMillis(Math.round(config.snapshotInterval() * 1000)),
                config.buffer() * MEBIBYTE);
    }

    @Produces
    @Singleton
    SnapshotTaker snapshots(ArchiveRoot root, SegmentRegistrar registrar, RateLimitedLog faults, RecordingPlan plan) {
        return new SnapshotTaker(root, registrar, faults, plan.snapshotInterval());
    }

    @Produces
    @Singleton
    StreamWorkers<RecordingWorker> recordings(
            WorkerPlan worker,
            RecordingPlan plan,
            RecordingContext context,
            SnapshotTaker snapshots,
            InstantSource clock,
            FrameStages stages) {
        var input = new StreamInput<>(
                stream -> worker.selection().locate(stream).withProvider(new BackpressurePolicy.Inline()),
                location -> units(location, clock),
                new SecureRandom(),
                stages.working(Stage.RECORD));
        return new StreamWorkers<>(
                SERVICE,
                new RecordingWorkerFactory(
                        input,
                        (stream, session) -> Recorder.start(stream, session, plan, context, snapshots),
                        context.registrar()::end));
    }

    @Produces
    @Singleton
    FrameStages stages(MeterRegistry registry, InstantSource clock, FrameTracer tracer) {
        return new FrameStages(registry, clock, tracer, Stage.RECORD);
    }

    @Produces
    @Singleton
    StreamGauges<RecordingWorker> gauges(
            MeterRegistry registry,
            StreamWorkers<RecordingWorker> recordings,
            SegmentRegistrar registrar,
            Catalog catalog) {
        return ArchiveMetrics.gauges(registry, recordings, registrar, catalog);
    }

    /// The stream of `STREAM_NAME` may carry no frame identity; its frames get one here.
    private static StreamSource.Opener<AccessUnit> units(RtspConfig location, InstantSource clock) {
        var units = TcpUnits.recording(location, GATHER);
        return location.localSession()
                .<StreamSource.Opener<AccessUnit>>map(
                        session -> new LocalUnits(units, location.stream(), new LocalSession(session), clock))
                .orElse(units);
    }
}
