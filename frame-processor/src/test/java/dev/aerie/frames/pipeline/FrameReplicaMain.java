package dev.aerie.frames.pipeline;

import dev.aerie.frames.testing.EndlessSource;
import dev.aerie.messages.Box;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.vision.prompt.Candidate;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.testing.ThingTracker;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.PromptedTracker;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.TrackLifecycleConfig;
import dev.aerie.vision.tracker.TrackingLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// A frame-processor in a process of its own, to be killed: work queue, pipeline and publishing are the real ones,
/// frames and tracker a world of known truth, in which one thing is found. Arguments: the broker's URL, the
/// replica's name, the folder of saved states.
public final class FrameReplicaMain {

    private static final String SERVICE = "frame-processor";
    private static final int CAPACITY = 2;
    private static final Box PLACE = new Box(20, 20, 40, 40);
    private static final ThingWorld WORLD = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE));

    private FrameReplicaMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (var connection = new BrokerConnection(BrokerAddress.parse(arguments[0]), arguments[1]);
                var publisher = new LivePublisher(connection, 100);
                var workers = new StreamWorkers<>(
                        SERVICE,
                        new FrameWorkerFactory(
                                pipeline(publisher, arguments[1], Path.of(arguments[2])),
                                () -> new StreamControl(
                                        ProcessingMode.VIDEO,
                                        30,
                                        new StrategyChoice(StrategyKind.DETECTOR, "thing."))));
                var events = new LiveSubscriber(
                        connection, StreamWorkers.EXCHANGES, LiveSubscriber.Bounds.DEFAULT, workers);
                var workQueue = new StreamWorkQueue(connection, SERVICE, CAPACITY, workers)) {
            connection.start();
            publisher.start();
            events.start();
            workQueue.start();
            Thread.currentThread().join(); // until it is killed
        }
    }

    private static PipelineContext pipeline(LivePublisher publisher, String name, Path states) {
        var found = new Candidate(new Candidate.Location.InBox(PLACE), "thing", 0.9, "detector");
        return new PipelineContext(
                new StreamInput<>(
                        stream -> RtspConfig.of(stream, "rtsp://nowhere/" + stream)
                                .withProvider(new BackpressurePolicy.Block()),
                        _ -> new EndlessSource(number -> WORLD.frame(ExampleMessages.SESSION, number)),
                        new Random(1)),
                (_, _) -> new PromptedTracker(
                        new ThingTracker.Factory(WORLD),
                        _ -> List.of(found),
                        new TrackingLimits(4, 4, 30),
                        TrackLifecycleConfig.DEFAULT),
                new FolderStateStore(states),
                publisher::publish,
                (_, _) -> _ -> {},
                Duration.ofMinutes(1),
                Double.POSITIVE_INFINITY,
                Producer.of(SERVICE, name),
                InstantSource.system());
    }
}
