package dev.aerie.slam;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.service.direct.DirectStream;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.retention.AgeClock;
import dev.aerie.service.retention.Uptime;
import dev.aerie.service.web.BasicAccess;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkerStatusPublisher;
import dev.aerie.settings.InstanceName;
import dev.aerie.slam.camera.CalibrationSource;
import dev.aerie.slam.dense.SweepBackEnd;
import dev.aerie.slam.health.SlamMetrics;
import dev.aerie.slam.mono.MonocularSlam;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.PoseRing;
import dev.aerie.slam.output.SessionFolder;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.output.SlamRetention;
import dev.aerie.slam.pipeline.SensorReadings;
import dev.aerie.slam.pipeline.SlamContext;
import dev.aerie.slam.pipeline.SlamWorker;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Builds what the service is made of; the only class here that knows the wall clock. [SlamLifecycle] closes
/// it.
final class SlamWiring {

    /// As the work queue and messages name it.
    static final String SERVICE = "slam-service";
    private static final int DEFAULT_PORT = 5003;

    /// Of the two subscribers, the one that hears what becomes of streams.
    static final String EVENTS = "events";
    /// The one that hears inertial sensors.
    static final String SENSORS = "sensors";

    private static final int POSES_BUFFERED = 1000;
    private static final long MEBIBYTE = 1L << 20;

    @Produces
    @Singleton
    Producer producer(SlamConfig config) {
        return Producer.of(SERVICE, InstanceName.of(config.instance(), config.apiPort(), DEFAULT_PORT));
    }

    @Produces
    @Singleton
    WorkerPlan plan(SlamConfig config) {
        var relay = new RelayAddress(
                config.rtspHost(), config.rtspPort(), config.rtspReadUsername(), config.rtspReadPassword());
        return WorkerPlan.of(
                relay, config.streamName(), config.go2rtcApi(), config.go2rtcRtspUrl(), config.rabbitmqUrl());
    }

    @Produces
    @Singleton
    DirectStream ownStream(WorkerPlan plan, StreamWorkers<SlamWorker> workers) {
        return new DirectStream(plan.selection(), workers, InstantSource.system(), new SecureRandom());
    }

    @Produces
    @Singleton
    BrokerConnection broker(SlamConfig config, WorkerPlan plan, Producer producer) {
        return new BrokerConnection(
                plan.broker().address(config.rabbitmqUrl()), producer.service() + " " + producer.instance());
    }

    @Produces
    @Singleton
    LivePublisher publisher(BrokerConnection broker) {
        return new LivePublisher(broker, POSES_BUFFERED);
    }

    @Produces
    @Singleton
    KeyframeWriter keyframes() {
        return new KeyframeWriter();
    }

    @Produces
    @Singleton
    @SuppressWarnings("MustBeClosedChecker") // each session closes the engine that is opened for it
    SlamContext pipeline(
            SlamConfig config,
            WorkerPlan plan,
            BrokerConnection broker,
            KeyframeWriter keyframes,
            Producer producer,
            LivePublisher publisher,
            MeterRegistry registry) {
        var results = plan.results(broker, publisher::publish);
        var policy = BackpressurePolicy.parse(config.frameProvider());
        var clock = InstantSource.system();
        var random = new SecureRandom();
        Path storage = storage(config);
        return new SlamContext(
                new StreamInput<>(
                        stream -> plan.selection().locate(stream).withProvider(policy),
                        location -> FfmpegFrames.of(location, clock, random),
                        random),
                new CalibrationSource(config.cameraConfig().map(Path::of), config.fieldOfViewDegrees()),
                MonocularSlam::live,
                config.dense().equals("sweep") ? Optional.of(SweepBackEnd::new) : Optional.empty(),
                config.frameSkip(),
                pose -> {
                    SlamMetrics.count(registry, pose);
                    results.accept(pose);
                },
                keyframes,
                storage,
                config.ringPath().map(Path::of).orElseGet(() -> PoseRing.folder(storage)),
                producer,
                clock);
    }

    @Produces
    @Singleton
    SessionSweeper sweeper(SlamConfig config, StreamWorkers<SlamWorker> workers) {
        var retention = new SlamRetention(Duration.ofDays(config.retentionDays()), config.retentionSize() * MEBIBYTE);
        Path storage = storage(config);
        var ages = new AgeClock(InstantSource.system(), Uptime::nanos, SessionFolder.ages(storage));
        return new SessionSweeper(
                storage,
                retention,
                ages,
                (stream, session) -> workers.all().stream()
                        .map(SlamWorker::assignment)
                        .anyMatch(one ->
                                one.stream().equals(stream) && one.session().equals(session)));
    }

    private static Path storage(SlamConfig config) {
        return config.storagePath().map(Path::of).orElseGet(() -> Path.of(System.getProperty("user.home"), ".aerie"));
    }

    @Produces
    @Singleton
    StreamWorkers<SlamWorker> streams(SlamContext slamContext) {
        return new StreamWorkers<>(
                SERVICE, (assignment, listener) -> SlamWorker.begin(assignment, slamContext, listener));
    }

    @Produces
    @Singleton
    WorkerStatusPublisher statuses(
            StreamWorkers<SlamWorker> workers,
            WorkerPlan plan,
            BrokerConnection broker,
            Producer producer,
            LivePublisher publisher) {
        return new WorkerStatusPublisher(
                workers::statuses, producer, InstantSource.system(), plan.results(broker, publisher::publish));
    }

    @Produces
    @Singleton
    StreamWorkQueue workQueue(SlamConfig config, BrokerConnection broker, StreamWorkers<SlamWorker> workers) {
        return new StreamWorkQueue(broker, SERVICE, config.capacity(), workers);
    }

    @Produces
    @Singleton
    @Named(EVENTS)
    LiveSubscriber events(BrokerConnection broker, Producer producer, StreamWorkers<SlamWorker> workers) {
        return new LiveSubscriber(
                broker, producer.queue("events"), StreamWorkers.EXCHANGES, LiveSubscriber.Bounds.DEFAULT, workers);
    }

    @Produces
    @Singleton
    @Named(SENSORS)
    LiveSubscriber sensors(BrokerConnection broker, Producer producer, StreamWorkers<SlamWorker> workers) {
        return new LiveSubscriber(
                broker,
                producer.queue("sensors"),
                SensorReadings.EXCHANGES,
                LiveSubscriber.Bounds.DEFAULT,
                new SensorReadings(workers));
    }

    @Produces
    @Singleton
    SlamMetrics metrics(
            MeterRegistry registry,
            StreamWorkers<SlamWorker> workers,
            LivePublisher publisher,
            KeyframeWriter keyframes,
            SessionSweeper sweeper) {
        return new SlamMetrics(registry, workers, publisher, keyframes, sweeper);
    }

    @Produces
    @Singleton
    BasicAccess access(SlamConfig config) {
        return new BasicAccess(config.username(), config.password());
    }
}
