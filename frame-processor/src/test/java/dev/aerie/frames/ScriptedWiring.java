package dev.aerie.frames;

import dev.aerie.frames.pipeline.PipelineContext;
import dev.aerie.frames.pipeline.StateStore;
import dev.aerie.frames.testing.EndlessSource;
import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.sam2.AutomaticMask;
import dev.aerie.vision.testing.ThingTracker;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import dev.aerie.vision.tracker.AutomaticMaskService;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.PromptedTracker;
import dev.aerie.vision.tracker.TrackLifecycleConfig;
import dev.aerie.vision.tracker.TrackingLimits;
import dev.aerie.vision.tracker.WholeFrameConfig;
import dev.aerie.vision.tracker.WholeFrameSegmenter;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// Lets the service look at a world of known truth instead of a relay; all else is what runs in earnest.
final class ScriptedWiring {

    static final Box RED = new Box(20, 20, 40, 40);
    static final Box GREEN = new Box(200, 120, 40, 40);
    static final int MAX_OBJECTS = 8;
    static final int BUFFERED = 60;

    private static final ThingWorld WORLD =
            ThingWorld.of(Thing.still(ThingWorld.RED, RED), Thing.still(ThingWorld.GREEN, GREEN));

    /// Finds the red thing.
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    AutomaticMaskService wholeFrames() {
        return AutomaticMaskService.with(
                frame -> List.of(new AutomaticMask(BinaryMask.of(frame.size(), RED), 0.9, 0.97, new Point(40, 40))),
                () -> {});
    }

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    PipelineContext pipeline(
            FrameSinks sinks, Producer producer, LivePublisher publisher, AutomaticMaskService wholeFrames) {
        var engines = new ThingTracker.Factory(WORLD);
        return new PipelineContext(
                new StreamInput<>(
                        stream -> RtspConfig.of(stream, "rtsp://nowhere/" + stream)
                                .withProvider(new BackpressurePolicy.Block()),
                        _ -> new EndlessSource(number -> WORLD.frame(ExampleMessages.SESSION, number)),
                        new Random(1)),
                (mode, _) -> mode == ProcessingMode.SEGMENT
                        ? new WholeFrameSegmenter(wholeFrames, "truth", WholeFrameConfig.DEFAULT)
                        : new PromptedTracker(
                                engines,
                                _ -> List.of(),
                                new TrackingLimits(MAX_OBJECTS, BUFFERED, 30),
                                TrackLifecycleConfig.DEFAULT),
                StateStore.NONE,
                publisher::publish,
                sinks,
                Duration.ofMinutes(1),
                Double.POSITIVE_INFINITY,
                producer,
                InstantSource.system());
    }
}
