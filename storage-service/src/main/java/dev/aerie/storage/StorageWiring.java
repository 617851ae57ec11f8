package dev.aerie.storage;

import dev.aerie.messages.Producer;
import dev.aerie.messages.Ulid;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.BrokerUse;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.rtsp.FrameProvider;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.LocalUnits;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.rtsp.assigned.WorkerStatusPublisher;
import dev.aerie.rtsp.own.OwnStream;
import dev.aerie.rtsp.own.ResultLog;
import dev.aerie.rtsp.own.WorkerPlan;
import dev.aerie.rtsp.tcp.TcpUnits;
import dev.aerie.settings.InstanceName;
import dev.aerie.storage.catalog.Announcements;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Outlet;
import dev.aerie.storage.health.ArchiveMetrics;
import dev.aerie.storage.segment.ArchiveFolders;
import dev.aerie.storage.segment.ArchiveKeeper;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.segment.FaultLog;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.storage.segment.RecordingPlan;
import dev.aerie.storage.segment.SegmentLedger;
import dev.aerie.storage.segment.SegmentPlace;
import dev.aerie.storage.segment.SnapshotTaker;
import dev.aerie.storage.work.RecordingJob;
import dev.aerie.storage.work.RecordingWork;
import dev.aerie.storage.work.StreamRecording;
import dev.aerie.video.AccessUnit;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/// Builds what the service is made of; the only class here that knows the wall clock. [StorageLifecycle] closes it.
final class StorageWiring {

    private static final String SERVICE = "storage-service";
    private static final int USUAL_PORT = 5004;
    private static final String INDEX = "catalog.sqlite";
    private static final int ANNOUNCEMENTS_BUFFERED = 1000;
    private static final int ANNOUNCEMENTS_UNDERWAY = 200;
    private static final int STATUSES_BUFFERED = 100;
    private static final long MEBIBYTE = 1L << 20;

    /// What is recorded may come a little later: a thread that wakes up for each picture costs more than its bytes.
    private static final Duration GATHER = Duration.ofMillis(200);

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Producer producer(StorageConfig config) {
        return Producer.of(SERVICE, InstanceName.of(config.instance(), config.apiPort(), USUAL_PORT));
    }

    @Produces
    @Singleton
    WorkerPlan worker(StorageConfig config) {
        var relay = new RelayAddress(
                config.rtspHost(), config.rtspPort(), config.rtspReadUsername(), config.rtspReadPassword());
        return WorkerPlan.of(
                relay, config.streamName(), config.go2rtcApi(), config.go2rtcRtspUrl(), config.rabbitmqUrl());
    }

    @Produces
    @Singleton
    OwnStream ownStream(WorkerPlan plan, AssignedStreams<StreamRecording> recordings) {
        return new OwnStream(plan.origin(), recordings, InstantSource.system(), new SecureRandom());
    }

    @Produces
    @Singleton
    BrokerConnection broker(StorageConfig config, WorkerPlan plan, Producer producer) {
        return new BrokerConnection(
                plan.broker().address(config.rabbitmqUrl()), producer.service() + " " + producer.instance());
    }

    @Produces
    @Singleton
    ConfirmedPublisher publisher(BrokerConnection broker) {
        return new ConfirmedPublisher(broker, ANNOUNCEMENTS_BUFFERED, ANNOUNCEMENTS_UNDERWAY);
    }

    @Produces
    @Singleton
    ArchiveRoot root(StorageConfig config) {
        var usual = Path.of(System.getProperty("user.home"), ".aerie", "archive");
        var root = new ArchiveRoot(config.path().map(Path::of).orElse(usual));
        boolean _ = root.look();
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
    FaultLog faults() {
        return new FaultLog();
    }

    @Produces
    @Singleton
    SegmentLedger ledger(Catalog catalog, Producer producer, InstantSource clock) {
        return new SegmentLedger(catalog, producer, clock);
    }

    @Produces
    @Singleton
    SegmentPlace place(
            ArchiveRoot root, SegmentLedger ledger, OpenSegments open, FaultLog faults, InstantSource clock) {
        var random = new SecureRandom();
        return new SegmentPlace(root, ledger, open, faults, () -> Ulid.next(clock, random));
    }

    @Produces
    @Singleton
    ArchiveFolders folders(ArchiveRoot root, FaultLog faults) {
        return new ArchiveFolders(root, faults);
    }

    @Produces
    @Singleton
    ArchiveKeeper keeper(
            SegmentPlace place,
            ArchiveFolders folders,
            Catalog catalog,
            WorkerPlan plan,
            BrokerConnection broker,
            ConfirmedPublisher publisher) {
        var outlet = plan.broker() == BrokerUse.NEEDED
                ? Outlet.of(publisher)
                : Outlet.logging(publisher, broker, new ResultLog(Duration.ZERO));
        return new ArchiveKeeper(place, folders, catalog, new Announcements(catalog, outlet));
    }

    @Produces
    @Singleton
    RecordingPlan plan(StorageConfig config) {
        return new RecordingPlan(
                Duration.ofSeconds(config.segmentLength()),
                Duration.ofMillis(Math.round(config.snapshotInterval() * 1000)),
                config.buffer() * MEBIBYTE);
    }

    @Produces
    @Singleton
    SnapshotTaker snapshots(ArchiveRoot root, SegmentLedger ledger, FaultLog faults, RecordingPlan plan) {
        return new SnapshotTaker(root, ledger, faults, plan.snapshotInterval());
    }

    @Produces
    @Singleton
    AssignedStreams<StreamRecording> recordings(
            WorkerPlan worker, RecordingPlan plan, SegmentPlace place, SnapshotTaker snapshots, InstantSource clock) {
        var random = new SecureRandom();
        var work = new RecordingWork(
                stream -> worker.origin().locate(stream).withProvider(new FrameProvider.Direct()),
                location -> units(location, clock),
                (stream, session) -> Recorder.start(stream, session, plan, place, snapshots),
                random);
        return new AssignedStreams<>(SERVICE, new RecordingJob(work, place.ledger()::end));
    }

    @Produces
    @Singleton
    LivePublisher live(BrokerConnection broker) {
        return new LivePublisher(broker, STATUSES_BUFFERED);
    }

    @Produces
    @Singleton
    WorkerStatusPublisher statuses(
            AssignedStreams<StreamRecording> recordings,
            WorkerPlan plan,
            BrokerConnection broker,
            Producer producer,
            LivePublisher publisher,
            InstantSource clock) {
        return new WorkerStatusPublisher(
                recordings::statuses, producer, clock, plan.results(broker, publisher::publish));
    }

    @Produces
    @Singleton
    StreamWorkQueue workQueue(
            StorageConfig config, BrokerConnection broker, AssignedStreams<StreamRecording> recordings) {
        return new StreamWorkQueue(broker, SERVICE, config.capacity(), recordings);
    }

    @Produces
    @Singleton
    LiveSubscriber events(BrokerConnection broker, Producer producer, AssignedStreams<StreamRecording> recordings) {
        return new LiveSubscriber(
                broker, producer.queue("events"), AssignedStreams.EXCHANGES, LiveSubscriber.Bounds.USUAL, recordings);
    }

    @Produces
    @Singleton
    ArchiveMetrics metrics(
            MeterRegistry registry,
            AssignedStreams<StreamRecording> recordings,
            SegmentLedger ledger,
            Catalog catalog) {
        return new ArchiveMetrics(registry, recordings, ledger, catalog);
    }

    /// Video of an own stream that carries no identity gets one.
    private static StreamSource.Opener<AccessUnit> units(RtspConfig location, InstantSource clock) {
        var units = new TcpUnits(location, GATHER);
        return location.localSession()
                .<StreamSource.Opener<AccessUnit>>map(
                        session -> new LocalUnits(units, location.stream(), new LocalSession(session), clock))
                .orElse(units);
    }
}
