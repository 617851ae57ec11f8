package dev.aerie.frames;

import dev.aerie.frames.crop.CropStore;
import dev.aerie.frames.identify.ChatVision;
import dev.aerie.frames.identify.Identifier;
import dev.aerie.frames.identify.VisionApi;
import dev.aerie.frames.identify.WebhookVision;
import dev.aerie.frames.overlay.OverlayRequests;
import dev.aerie.frames.overlay.OverlaySink;
import dev.aerie.frames.overlay.OverlayTarget;
import dev.aerie.frames.report.DetectionFiles;
import dev.aerie.frames.report.ObjectFiles;
import dev.aerie.frames.report.WorkerStatistics;
import dev.aerie.messages.Identification;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.rtsp.ffmpeg.NetworkPublisher;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Builds what is done with frames that were looked at, as [FrameWiring] builds the rest.
final class SinkWiring {

    @Produces
    @Singleton
    OverlayRequests overlays() {
        return new OverlayRequests(InstantSource.system());
    }

    @Produces
    @Singleton
    CropStore crops() {
        return new CropStore();
    }

    @Produces
    @Singleton
    WorkerStatistics statistics() {
        return new WorkerStatistics(InstantSource.system());
    }

    @Produces
    @Singleton
    FrameSinks sinks(
            FrameConfig config, CropStore crops, OverlayRequests overlays, LivePublisher publisher, Producer producer)
            throws IOException {
        var relay = new RelayAddress(
                config.consumer().rtspTls(),
                config.consumer().rtspHost(),
                config.consumer().rtspPort(),
                config.rtspPublishUsername(),
                config.rtspPublishPassword());
        Optional<DetectionFiles> files = config.detectionsDir().isEmpty()
                ? Optional.empty()
                : Optional.of(DetectionFiles.open(config.detectionsDir().get(), config.detectionsMax()));
        Optional<ObjectFiles> objects = config.storagePath().isEmpty()
                ? Optional.empty()
                : Optional.of(ObjectFiles.open(config.storagePath().get(), config.enhancedObjectsMax()));
        Consumer<Identification> publish = identification -> {
            publisher.publish(identification);
            objects.ifPresent(kept -> kept.offer(identification));
        };
        return new FrameSinks(
                crops,
                vision(config)
                        .map(api -> new Identifier(
                                api, config.identifyPerMinute(), publish, producer, InstantSource.system())),
                files,
                objects,
                (stream, _) -> new OverlaySink(
                        stream, overlays, (size, first) -> publish(relay.urlOf(stream + "/overlay"), size, first)));
    }

    /// Empty without an address and a key: nobody is asked then.
    private static Optional<VisionApi> vision(FrameConfig config) {
        if (config.identifyUrl().isEmpty() || config.identifyKey().isEmpty()) {
            return Optional.empty();
        }
        String url = config.identifyUrl().get();
        String key = config.identifyKey().get();
        return Optional.of(
                switch (config.identifyApi()) {
                    case OPENAI -> new ChatVision(url, key, config.identifyModel(), config.identifyTimeout());
                    case WEBHOOK -> new WebhookVision(url, key, config.identifyTimeout());
                });
    }

    @SuppressWarnings("MustBeClosedChecker") // goes to the connection, which closes it
    private static OverlayTarget.Connection publish(String url, FrameSize size, AccessUnit first) throws IOException {
        var publisher = NetworkPublisher.open(url, size, first);
        return new OverlayTarget.Connection() {
            @Override
            public void send(AccessUnit unit) throws IOException {
                publisher.send(unit);
            }

            @Override
            public void close() {
                publisher.close();
            }
        };
    }
}
