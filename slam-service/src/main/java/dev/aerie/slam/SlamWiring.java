package dev.aerie.slam;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.ffmpeg.DecodedUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.service.consumer.ConsumerService;
import dev.aerie.service.decode.ServiceDecoders;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.retention.AgeClock;
import dev.aerie.service.retention.Uptime;
import dev.aerie.service.stage.FrameStages;
import dev.aerie.service.stage.FrameTracer;
import dev.aerie.service.stage.Stage;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.camera.CalibrationSource;
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
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Builds engines, outputs and the work on streams; [dev.aerie.service.consumer] builds what all services have, and
/// [SlamLifecycle] closes it.
final class SlamWiring {

    private static final String SERVICE = "slam-service";
    private static final int DEFAULT_PORT = 5003;

    private static final long MEBIBYTE = 1L << 20;

    /// Folder of TensorRT's engines, beside the models.
    private static final String ENGINES = "engines";

    @Produces
    @Singleton
    ConsumerService service(SlamConfig config) {
        return new ConsumerService(SERVICE, config.apiPort(), DEFAULT_PORT, config.capacity(), config.consumer());
    }

    @Produces
    @Singleton
    KeyframeWriter keyframes() {
        return new KeyframeWriter();
    }

    @Produces
    @Singleton
    DenseMappers dense(SlamConfig config) throws ModelException {
        var inference = config.inference();
        var models = ModelStore.of(Map.of("MODELS_DIR", inference.modelsDir().orElse("")));
        var device = InferenceDevice.of(inference.device(), inference.inferenceThreads(), config.gpuMemoryLimitMb())
                .withEnginesIn(models.directory().resolve(ENGINES));
        return DenseMappers.open(config.dense(), models, device);
    }

    @Produces
    @Singleton
    @SuppressWarnings("MustBeClosedChecker") // each session closes the engine that is opened for it
    SlamContext pipeline(
            SlamConfig config,
            WorkerPlan plan,
            BrokerConnection broker,
            DenseMappers dense,
            KeyframeWriter keyframes,
            Producer producer,
            LivePublisher publisher,
            MeterRegistry registry,
            FrameStages stages,
            VideoDecoders decoders) {
        var results = plan.results(broker, publisher::publish);
        var policy = BackpressurePolicy.parse(config.backpressure().frameProvider());
        var clock = InstantSource.system();
        var random = new SecureRandom();
        Path storage = storage(config);
        return new SlamContext(
                new StreamInput<>(
                        stream -> plan.selection().locate(stream).withProvider(policy),
                        location -> plan.selection().isAtRelay() || location.isSecure()
                                ? DecodedUnits.of(location, clock, random).decodedBy(decoders)
                                : FfmpegFrames.of(location, clock, random).decodedBy(decoders),
                        random,
                        stages.working(Stage.TRACK)),
                new CalibrationSource(config.cameraConfig(), config.fieldOfViewDegrees()),
                MonocularSlam::live,
                dense.factory(),
                maskLabels(config),
                config.frameSkip(),
                config.maxFps(),
                pose -> {
                    SlamMetrics.count(registry, pose);
                    long begunNanos = System.nanoTime();
                    results.accept(pose);
                    stages.ended(Stage.PUBLISH, pose.envelope(), begunNanos, System.nanoTime());
                },
                keyframes,
                storage,
                config.ringPath().orElseGet(() -> PoseRing.folder(storage)),
                producer,
                clock);
    }

    /// Opened at the start, which a decoder that cannot be had ends.
    @Produces
    @Singleton
    @Startup
    VideoDecoders decoders(SlamConfig config, MeterRegistry registry) {
        return ServiceDecoders.open(config.decoding(), registry);
    }

    void close(@Disposes VideoDecoders decoders) {
        decoders.close();
    }

    @Produces
    @Singleton
    FrameStages stages(MeterRegistry registry, FrameTracer tracer) {
        return new FrameStages(registry, InstantSource.system(), tracer, Stage.DECODE, Stage.TRACK, Stage.PUBLISH);
    }

    @Produces
    @Singleton
    SessionSweeper sweeper(SlamConfig config, StreamWorkers<SlamWorker> workers) {
        var retention = new SlamRetention(config.retentionDays(), config.retentionSize() * MEBIBYTE);
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

    private static Set<String> maskLabels(SlamConfig config) {
        return config.maskLabels().orElse(List.of()).stream()
                .map(label -> label.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Path storage(SlamConfig config) {
        return config.storagePath().orElseGet(() -> Path.of(System.getProperty("user.home"), ".aerie"));
    }

    @Produces
    @Singleton
    StreamWorkers<SlamWorker> streams(SlamContext slamContext) {
        return new StreamWorkers<>(
                SERVICE, (assignment, listener) -> SlamWorker.begin(assignment, slamContext, listener));
    }

    @Produces
    @Singleton
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
    StreamGauges<SlamWorker> gauges(
            MeterRegistry registry,
            StreamWorkers<SlamWorker> workers,
            KeyframeWriter keyframes,
            SessionSweeper sweeper) {
        return SlamMetrics.gauges(registry, workers, keyframes, sweeper);
    }
}
