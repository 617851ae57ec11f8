package dev.aerie.ptz;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.BrokerLease;
import dev.aerie.messages.amqp.BrokerUse;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.ptz.fleet.CommandRights;
import dev.aerie.ptz.fleet.SteeredCameras;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.health.PtzMetrics;
import dev.aerie.ptz.identity.EmbedderChoice;
import dev.aerie.ptz.identity.Identities;
import dev.aerie.ptz.measure.Calibrations;
import dev.aerie.ptz.neighbours.SiteHandoffs;
import dev.aerie.ptz.pipeline.FrameResults;
import dev.aerie.ptz.pipeline.PtzContext;
import dev.aerie.ptz.pipeline.PtzJob;
import dev.aerie.ptz.pipeline.PtzWorker;
import dev.aerie.ptz.tracks.ClickTrackers;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.ffmpeg.DecodedUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.service.consumer.ConsumerService;
import dev.aerie.service.decode.ServiceDecoders;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.stage.FrameStages;
import dev.aerie.service.stage.FrameTracer;
import dev.aerie.service.stage.Stage;
import dev.aerie.service.web.SameOriginCheck;
import dev.aerie.service.web.SocketLimit;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.websockets.next.OpenConnections;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Builds cameras, detectors and the work on streams; [dev.aerie.service.consumer] builds what all services have, and
/// [PtzLifecycle] closes it.
final class PtzWiring {

    private static final String SERVICE = "ptz-service";
    private static final int DEFAULT_PORT = 5005;
    private static final int MAX_JOYSTICKS = 64;
    private static final int MAX_JOYSTICKS_PER_ADDRESS = 32;

    /// A frame that waits is late already.
    private static final String NEWEST_FRAME = "latest";

    @Produces
    @Singleton
    ConsumerService service(PtzConfig config, CameraFleet fleet) {
        int capacity = Math.max(1, fleet.cameras().size()) + StreamWorkers.MAX_SKIPPED;
        return new ConsumerService(SERVICE, config.apiPort(), DEFAULT_PORT, capacity, config.consumer());
    }

    @Produces
    @Singleton
    SameOriginCheck sameOrigin() {
        return new SameOriginCheck();
    }

    @Produces
    @Singleton
    SocketLimit sockets(OpenConnections open) {
        return new SocketLimit(open, MAX_JOYSTICKS, MAX_JOYSTICKS_PER_ADDRESS);
    }

    @Produces
    @Singleton
    CameraFleet fleet(PtzConfig config) {
        return CameraFleet.of(config.config(), config.cameraConfig(), System.getenv());
    }

    /// Without a broker there is nobody to ask, and one service.
    @Produces
    @Singleton
    CommandRights rights(CameraFleet fleet, WorkerPlan plan, BrokerConnection broker) {
        var leases = new HashMap<String, BrokerLease>();
        if (plan.broker() != BrokerUse.NONE) {
            fleet.cameras()
                    .forEach(
                            one -> leases.put(one.name(), new BrokerLease(broker, "ptz-service.camera." + one.name())));
        }
        return new CommandRights(leases);
    }

    @Produces
    @Singleton
    SteeredCameras cameras(
            CameraFleet fleet,
            PtzConfig config,
            WorkerPlan plan,
            BrokerConnection broker,
            Producer producer,
            LivePublisher publisher,
            MeterRegistry registry,
            CommandRights rights) {
        return fleet.open(
                config,
                producer,
                plan.results(broker, publisher::publish),
                registry,
                rights,
                () -> plan.broker().isReady(broker));
    }

    @Produces
    @Singleton
    Steerings steerings(CameraFleet fleet, PtzConfig config, SteeredCameras cameras) {
        return new Steerings(cameras.all().stream()
                .map(one -> new Steering(one, fleet.steering(one.name(), config), InstantSource.system()))
                .toList());
    }

    @Produces
    @Singleton
    ModelStore models(PtzConfig config) {
        return ModelStore.of(Map.of("MODELS_DIR", config.inference().modelsDir().orElse("")));
    }

    @Produces
    @Singleton
    DetectorChoice detectors(PtzConfig config, ModelStore models) throws ModelException {
        return DetectorChoice.of(config.detector(), config.detectorSize(), models, device(config));
    }

    @Produces
    @Singleton
    ClickTrackers clicks(PtzConfig config, ModelStore models) throws ModelException {
        return ClickTrackers.of(models, device(config));
    }

    @Produces
    @Singleton
    EmbedderChoice embedders(PtzConfig config, ModelStore models) throws ModelException {
        return EmbedderChoice.of(models, device(config));
    }

    @Produces
    @Singleton
    Identities identities(PtzConfig config, EmbedderChoice embedders) throws ModelException {
        return Identities.open(embedders, StateFolder.of(config.statePath()));
    }

    @Produces
    @Singleton
    SiteHandoffs handoffs(CameraFleet fleet, Identities identities, EmbedderChoice embedders, Steerings steerings) {
        return new SiteHandoffs(fleet.site(), fleet.handoff(embedders.evidence()), identities, steerings);
    }

    @Produces
    @Singleton
    Calibrations calibrations(PtzConfig config, Steerings steerings) {
        return new Calibrations(steerings, StateFolder.of(config.statePath()), InstantSource.system());
    }

    private static InferenceDevice device(PtzConfig config) {
        var inference = config.inference();
        return InferenceDevice.of(inference.device(), inference.inferenceThreads());
    }

    @Produces
    @Singleton
    PtzContext pipeline(
            PtzConfig config,
            WorkerPlan plan,
            Steerings steerings,
            SiteHandoffs handoffs,
            Identities identities,
            Calibrations calibrations,
            DetectorChoice detectors,
            ClickTrackers clicks,
            FrameStages stages,
            VideoDecoders decoders) {
        var policy = BackpressurePolicy.parse(NEWEST_FRAME);
        var clock = InstantSource.system();
        var random = new SecureRandom();
        return new PtzContext(
                new StreamInput<>(
                        stream -> plan.selection().locate(stream).withProvider(policy),
                        location -> plan.selection().isAtRelay() || location.isSecure()
                                ? DecodedUnits.of(location, clock, random).decodedBy(decoders)
                                : FfmpegFrames.of(location, clock, random).decodedBy(decoders),
                        random,
                        stages.working(Stage.STEER)),
                steerings,
                handoffs,
                identities,
                calibrations,
                detectors,
                clicks,
                config.tracker(),
                config.detectFps());
    }

    /// Opened at the start, which a decoder that cannot be had ends.
    @Produces
    @Singleton
    @Startup
    VideoDecoders decoders(PtzConfig config, MeterRegistry registry) {
        return ServiceDecoders.open(config.decoding(), registry);
    }

    void close(@Disposes VideoDecoders decoders) {
        decoders.close();
    }

    @Produces
    @Singleton
    FrameStages stages(MeterRegistry registry, FrameTracer tracer) {
        return new FrameStages(registry, InstantSource.system(), tracer, Stage.DECODE, Stage.STEER);
    }

    @Produces
    @Singleton
    StreamWorkers<PtzWorker> streams(PtzContext ptzContext) {
        return new StreamWorkers<>(SERVICE, new PtzJob(ptzContext));
    }

    @Produces
    @Singleton
    LiveSubscriber frameResults(BrokerConnection broker, Producer producer, StreamWorkers<PtzWorker> workers) {
        return new LiveSubscriber(
                broker,
                producer.queue("objects"),
                FrameResults.EXCHANGES,
                LiveSubscriber.Bounds.DEFAULT,
                new FrameResults(workers));
    }

    @Produces
    @Singleton
    StreamGauges<PtzWorker> gauges(MeterRegistry registry, StreamWorkers<PtzWorker> workers, SteeredCameras cameras) {
        return PtzMetrics.gauges(registry, workers, cameras);
    }
}
