package dev.aerie.frames;

import dev.aerie.frames.follow.FollowLimits;
import dev.aerie.frames.health.GpuMetrics;
import dev.aerie.frames.health.ModelMetrics;
import dev.aerie.frames.health.WorkMetrics;
import dev.aerie.frames.pipeline.FolderStates;
import dev.aerie.frames.pipeline.FrameJob;
import dev.aerie.frames.pipeline.Mode;
import dev.aerie.frames.pipeline.Pipeline;
import dev.aerie.frames.pipeline.StateStore;
import dev.aerie.frames.pipeline.StreamControl;
import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.frames.prompt.StrategyChoice;
import dev.aerie.frames.prompt.StrategyKind;
import dev.aerie.frames.prompt.TextSearch;
import dev.aerie.frames.report.WorkerStatistics;
import dev.aerie.frames.sight.Sam2Choice;
import dev.aerie.frames.sight.Sight;
import dev.aerie.frames.sight.SightChoice;
import dev.aerie.frames.sight.WholePictures;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.rtsp.FrameProvider;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.rtsp.assigned.WorkerStatusPublisher;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.own.OwnStream;
import dev.aerie.rtsp.own.WorkerPlan;
import dev.aerie.settings.InstanceName;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Compute;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.Gpu;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.text.GroundingDino;
import dev.aerie.web.BasicAccess;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Builds what the service is made of; the only class here that knows the wall clock. [FrameLifecycle]
/// closes it.
final class FrameWiring {

    private static final String SERVICE = "frame-processor";
    private static final int USUAL_PORT = 5002;
    private static final int RESULTS_BUFFERED = 1000;
    private static final double BUSY_SHARE = 0.9;
    private static final String ENGINES = "engines";

    /// Of the GPU memory, what a text detector may take where there is one.
    private static final double TEXT_SHARE = 0.25;

    @Produces
    @Singleton
    Compute compute(FrameConfig config) {
        return Compute.of(Device.parse(config.device()), config.inferenceThreads(), config.gpuMemoryLimitMb())
                .keepingEnginesIn(models(config).directory().resolve(ENGINES));
    }

    @Produces
    @Singleton
    TextSearch text(FrameConfig config, Compute compute) throws ModelException {
        if (config.textModelDir().isEmpty()) {
            return TextSearch.without("no text detector is installed: TEXT_MODEL_DIR is not set");
        }
        return TextSearch.with(GroundingDino.open(
                Path.of(config.textModelDir().get()),
                config.textBoxThreshold(),
                config.textThreshold(),
                compute.share(TEXT_SHARE)));
    }

    @Produces
    @Singleton
    Sight sight(FrameConfig config, TextSearch text, Compute compute) throws ModelException {
        var choice = new SightChoice(
                config.trackerType(),
                new Sam2Choice(
                        config.sam2Model(),
                        config.sam2Size(),
                        Precision.parse(config.sam2Precision()),
                        config.vosOptimized()),
                config.detector(),
                config.detectClasses(),
                new FollowLimits(config.maxObjects(), config.bufferSize(), config.repromptInterval()));
        Compute rest = text.missing().isPresent() ? compute : compute.share(1 - TEXT_SHARE);
        return Sight.choose(choice, text, models(config), rest);
    }

    @Produces
    @Singleton
    WholePictures wholePictures(Sight sight) {
        return sight.wholePictures();
    }

    @Produces
    @Singleton
    StateStore states(FrameConfig config) {
        return config.statePath()
                .<StateStore>map(path -> new FolderStates(Path.of(path)))
                .orElse(StateStore.NONE);
    }

    @Produces
    @Singleton
    Producer producer(FrameConfig config) {
        return Producer.of(SERVICE, InstanceName.of(config.instance(), config.apiPort(), USUAL_PORT));
    }

    @Produces
    @Singleton
    WorkerPlan plan(FrameConfig config) {
        var relay = new RelayAddress(
                config.rtspHost(), config.rtspPort(), config.rtspReadUsername(), config.rtspReadPassword());
        return WorkerPlan.of(
                relay, config.streamName(), config.go2rtcApi(), config.go2rtcRtspUrl(), config.rabbitmqUrl());
    }

    @Produces
    @Singleton
    OwnStream ownStream(WorkerPlan plan, AssignedStreams<StreamWork> streams) {
        return new OwnStream(plan.origin(), streams, InstantSource.system(), new SecureRandom());
    }

    @Produces
    @Singleton
    BrokerConnection broker(FrameConfig config, WorkerPlan plan, Producer producer) {
        return new BrokerConnection(
                plan.broker().address(config.rabbitmqUrl()), producer.service() + " " + producer.instance());
    }

    @Produces
    @Singleton
    LivePublisher publisher(BrokerConnection broker) {
        return new LivePublisher(broker, RESULTS_BUFFERED);
    }

    @Produces
    @Singleton
    Pipeline pipeline(
            FrameConfig config,
            WorkerPlan plan,
            BrokerConnection broker,
            Sight sight,
            StateStore states,
            FrameSinks sinks,
            WorkerStatistics statistics,
            Producer producer,
            LivePublisher publisher,
            MeterRegistry registry) {
        var results = plan.results(broker, publisher::publish);
        var provider = FrameProvider.parse(config.frameProvider());
        var clock = InstantSource.system();
        var random = new SecureRandom();
        return new Pipeline(
                stream -> plan.origin().locate(stream).withProvider(provider),
                location -> FfmpegFrames.of(location, clock, random),
                sight,
                states,
                result -> {
                    WorkMetrics.count(registry, result);
                    statistics.count(result);
                    results.accept(result);
                },
                sinks,
                Duration.ofSeconds(config.streamTimeout()),
                BUSY_SHARE,
                producer,
                clock,
                random);
    }

    @Produces
    @Singleton
    FrameJob job(FrameConfig config, Pipeline pipeline) {
        Mode mode = config.videoMode() ? Mode.VIDEO : Mode.IMAGE;
        return new FrameJob(
                pipeline,
                () -> new StreamControl(
                        mode,
                        config.processingFps(),
                        new StrategyChoice(StrategyKind.of(config.promptStrategy()), config.textPrompt())));
    }

    @Produces
    @Singleton
    AssignedStreams<StreamWork> streams(FrameJob job) {
        return new AssignedStreams<>(SERVICE, job);
    }

    @Produces
    @Singleton
    WorkerStatusPublisher statuses(
            AssignedStreams<StreamWork> streams,
            WorkerPlan plan,
            BrokerConnection broker,
            Producer producer,
            LivePublisher publisher) {
        return new WorkerStatusPublisher(
                streams::statuses, producer, InstantSource.system(), plan.results(broker, publisher::publish));
    }

    @Produces
    @Singleton
    StreamWorkQueue workQueue(FrameConfig config, BrokerConnection broker, AssignedStreams<StreamWork> streams) {
        return new StreamWorkQueue(broker, SERVICE, config.capacity(), streams);
    }

    @Produces
    @Singleton
    LiveSubscriber events(BrokerConnection broker, Producer producer, AssignedStreams<StreamWork> streams) {
        return new LiveSubscriber(
                broker, producer.queue("events"), AssignedStreams.EXCHANGES, LiveSubscriber.Bounds.USUAL, streams);
    }

    @Produces
    @Singleton
    WorkMetrics metrics(
            MeterRegistry registry, AssignedStreams<StreamWork> streams, LivePublisher publisher, Sight sight) {
        new ModelMetrics<>(sight, Sight::statistics).register(registry);
        if (sight.provider().device().isNvidia()) {
            new GpuMetrics(Gpu::look).register(registry);
        }
        return new WorkMetrics(registry, streams, publisher);
    }

    @Produces
    @Singleton
    BasicAccess access(FrameConfig config) {
        return new BasicAccess(config.username(), config.password());
    }

    private static ModelStore models(FrameConfig config) {
        Path directory = ModelStore.directory(
                Map.of("MODELS_DIR", config.modelsDir().orElse("")), Path.of(System.getProperty("user.home")));
        return new ModelStore(directory, ModelManifest.load());
    }
}
