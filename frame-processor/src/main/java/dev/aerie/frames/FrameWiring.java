package dev.aerie.frames;

import dev.aerie.frames.health.FrameMetrics;
import dev.aerie.frames.health.GpuMetrics;
import dev.aerie.frames.health.ModelMetrics;
import dev.aerie.frames.pipeline.FolderStateStore;
import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.frames.pipeline.FrameWorkerFactory;
import dev.aerie.frames.pipeline.PipelineContext;
import dev.aerie.frames.pipeline.StateStore;
import dev.aerie.frames.report.WorkerStatistics;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.ffmpeg.DecodedUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.service.consumer.ConsumerService;
import dev.aerie.service.decode.ServiceDecoders;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.metrics.ConsumerGauges;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.stage.FrameStages;
import dev.aerie.service.stage.FrameTracer;
import dev.aerie.service.stage.Stage;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.vision.detect.BatchConfig;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Gpu;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.text.GroundingDino;
import dev.aerie.vision.tracker.AutomaticMaskService;
import dev.aerie.vision.tracker.DetectorInput;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.Sam2Config;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.TrackerConfig;
import dev.aerie.vision.tracker.TrackerFactory;
import dev.aerie.vision.tracker.TrackingLimits;
import dev.aerie.vision.tracker.WholeFrameConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Builds models, trackers and the work on streams; [dev.aerie.service.consumer] builds what all services have, and
/// [FrameLifecycle] closes it.
final class FrameWiring {

    private static final String SERVICE = "frame-processor";
    private static final int DEFAULT_PORT = 5002;
    private static final double BUSY_SHARE = 0.9;
    private static final String ENGINES = "engines";

    /// Of the GPU memory, what a text detector may take where there is one.
    private static final double TEXT_SHARE = 0.25;

    @Produces
    @Singleton
    ConsumerService service(FrameConfig config) {
        return new ConsumerService(SERVICE, config.apiPort(), DEFAULT_PORT, config.capacity(), config.consumer());
    }

    @Produces
    @Singleton
    InferenceDevice compute(FrameConfig config) {
        var inference = config.inference();
        return InferenceDevice.of(inference.device(), inference.inferenceThreads(), config.gpuMemoryLimitMb())
                .withEnginesIn(models(config).directory().resolve(ENGINES));
    }

    @Produces
    @Singleton
    TextSearch text(FrameConfig config, InferenceDevice inferenceDevice) throws ModelException {
        var device = inferenceDevice.memoryFraction(TEXT_SHARE);
        if (config.textModelDir().isPresent()) {
            return TextSearch.with(GroundingDino.open(
                    config.textModelDir().get(), config.textBoxThreshold(), config.textThreshold(), device));
        }
        return GroundingDino.openInstalled(models(config), config.textBoxThreshold(), config.textThreshold(), device)
                .map(TextSearch::with)
                .orElseGet(() -> TextSearch.without("no text detector is installed: neither grounding_dino in "
                        + models(config).directory() + ", nor TEXT_MODEL_DIR"));
    }

    @Produces
    @Singleton
    TrackerFactory sight(FrameConfig config, TextSearch text, InferenceDevice inferenceDevice) throws ModelException {
        var choice = new TrackerConfig(
                config.trackerType(),
                new Sam2Config(
                        config.sam2Model(),
                        config.sam2Size(),
                        config.sam2Precision(),
                        config.sam2Memory(),
                        config.sam2Corrections(),
                        config.vosOptimized()),
                config.detector(),
                config.detectClasses(),
                new TrackingLimits(config.maxObjects(), config.bufferSize(), config.repromptInterval()),
                new WholeFrameConfig(config.segmentFps(), config.segmentMasks(), config.segmentPoints()),
                config.publishDetections(),
                new BatchConfig(config.detectorBatch(), Duration.ofMillis(config.detectorBatchWaitMs())),
                new DetectorInput(config.detectorSize(), config.detectorTiles()));
        InferenceDevice rest =
                text.unavailableReason().isPresent() ? inferenceDevice : inferenceDevice.memoryFraction(1 - TEXT_SHARE);
        return TrackerFactory.choose(choice, text, models(config), rest);
    }

    @Produces
    @Singleton
    AutomaticMaskService wholeFrames(TrackerFactory trackerFactory) {
        return trackerFactory.automaticMasks();
    }

    @Produces
    @Singleton
    StateStore states(FrameConfig config) {
        return config.statePath().<StateStore>map(FolderStateStore::new).orElse(StateStore.NONE);
    }

    @Produces
    @Singleton
    PipelineContext pipeline(
            FrameConfig config,
            WorkerPlan plan,
            BrokerConnection broker,
            TrackerFactory trackerFactory,
            StateStore states,
            FrameSinks sinks,
            WorkerStatistics statistics,
            Producer producer,
            LivePublisher publisher,
            MeterRegistry registry,
            FrameStages stages,
            VideoDecoders decoders) {
        var results = plan.results(broker, publisher::publish);
        var policy = BackpressurePolicy.parse(config.backpressure().frameProvider());
        var clock = InstantSource.system();
        var random = new SecureRandom();
        return new PipelineContext(
                new StreamInput<>(
                        stream -> plan.selection().locate(stream).withProvider(policy),
                        location -> plan.selection().isAtRelay() || location.isSecure()
                                ? DecodedUnits.of(location, clock, random).decodedBy(decoders)
                                : FfmpegFrames.of(location, clock, random).decodedBy(decoders),
                        random,
                        stages.decoding()),
                trackerFactory,
                states,
                result -> {
                    FrameMetrics.count(registry, result);
                    statistics.count(result);
                    FrameMetrics.publish(stages, result, results::accept);
                },
                sinks,
                config.streamTimeout(),
                BUSY_SHARE,
                producer,
                clock);
    }

    /// Opened at the start, which a decoder that cannot be had ends.
    @Produces
    @Singleton
    @Startup
    VideoDecoders decoders(FrameConfig config, MeterRegistry registry) {
        return ServiceDecoders.open(config.decoding(), registry);
    }

    void close(@Disposes VideoDecoders decoders) {
        decoders.close();
    }

    @Produces
    @Singleton
    FrameStages stages(MeterRegistry registry, FrameTracer tracer) {
        return new FrameStages(registry, InstantSource.system(), tracer, Stage.DECODE, Stage.INFER, Stage.PUBLISH);
    }

    @Produces
    @Singleton
    FrameWorkerFactory job(
            FrameConfig config, PipelineContext pipelineContext, AutomaticMaskService automaticMaskService)
            throws ModelException {
        ProcessingMode processingMode = initialMode(config.videoMode(), automaticMaskService);
        return new FrameWorkerFactory(
                pipelineContext,
                () -> new StreamControl(
                        processingMode,
                        config.processingFps(),
                        new StrategyChoice(config.promptStrategy(), config.textPrompt())));
    }

    @Produces
    @Singleton
    StreamWorkers<FrameWorker> streams(FrameWorkerFactory factory) {
        return new StreamWorkers<>(SERVICE, factory);
    }

    @Produces
    @Singleton
    StreamGauges<FrameWorker> gauges(
            MeterRegistry registry, StreamWorkers<FrameWorker> workers, TrackerFactory trackerFactory) {
        new ModelMetrics<>(trackerFactory, TrackerFactory::statistics).register(registry);
        if (trackerFactory.provider().device().isNvidia()) {
            new GpuMetrics(Gpu::query).register(registry);
        }
        return ConsumerGauges.of(registry, workers::all)
                .add(
                        "aerie.prompts.executed",
                        "requests to the tracker that were executed",
                        work -> work.promptQueue().executed())
                .add(
                        "aerie.prompts.refused",
                        "requests to the tracker that were refused, or not executed in time",
                        work -> work.promptQueue().refused());
    }

    private static ProcessingMode initialMode(String videoMode, AutomaticMaskService automaticMaskService)
            throws ModelException {
        return switch (videoMode) {
            case "true" -> ProcessingMode.VIDEO;
            case "false" -> ProcessingMode.IMAGE;
            default -> {
                if (automaticMaskService.unavailableReason().isPresent()) {
                    throw new ModelException("VIDEO_MODE=" + videoMode + " needs SAM 2.1 or EdgeTAM: "
                            + automaticMaskService.unavailableReason().get());
                }
                yield ProcessingMode.SEGMENT;
            }
        };
    }

    private static ModelStore models(FrameConfig config) {
        return ModelStore.of(Map.of("MODELS_DIR", config.inference().modelsDir().orElse("")));
    }
}
