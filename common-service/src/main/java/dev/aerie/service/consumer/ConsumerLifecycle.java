package dev.aerie.service.consumer;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.service.direct.DirectStream;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkerStatusPublisher;
import dev.aerie.threads.BackgroundThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Starts outputs before inputs and stops them in the reverse order. A service's own parts start and stop in between,
/// by [StartOrder] and [StopOrder].
@Singleton
final class ConsumerLifecycle {

    private static final Duration METRICS_EVERY = Duration.ofSeconds(2);

    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final LivePublisher publisher;
    private final StreamWorkers<?> workers;
    private final WorkerStatusPublisher statuses;
    private final DirectStream directStream;
    private final LiveSubscriber events;
    private final StreamWorkQueue workQueue;
    private final BackgroundThread metricsThread;

    ConsumerLifecycle(
            ConsumerService service,
            Producer producer,
            WorkerPlan plan,
            BrokerConnection broker,
            LivePublisher publisher,
            StreamWorkers<?> workers,
            WorkerStatusPublisher statuses,
            DirectStream directStream,
            ConsumerMetrics metrics) {
        this.plan = plan;
        this.broker = broker;
        this.publisher = publisher;
        this.workers = workers;
        this.statuses = statuses;
        this.directStream = directStream;
        this.events = new LiveSubscriber(
                broker, producer.queue("events"), StreamWorkers.EXCHANGES, LiveSubscriber.Bounds.DEFAULT, workers);
        this.workQueue = new StreamWorkQueue(broker, service.name(), service.capacity(), workers);
        this.metricsThread = BackgroundThread.every("metrics", METRICS_EVERY, metrics::refresh);
    }

    void startBroker(@Observes @Priority(StartOrder.BROKER) StartupEvent event) {
        if (plan.broker().isLookedFor()) {
            broker.start();
        }
        publisher.start();
    }

    void startStreams(@Observes @Priority(StartOrder.STREAMS) StartupEvent event) {
        events.start();
        if (plan.asksWorkQueue()) {
            workQueue.start();
        }
        statuses.start();
        metricsThread.start();
    }

    void startDirectStream(@Observes @Priority(StartOrder.DIRECT_STREAM) StartupEvent event) {
        directStream.start();
    }

    void stopDirectStream(@Observes @Priority(StopOrder.DIRECT_STREAM) ShutdownEvent event) {
        directStream.close();
    }

    void stopStreams(@Observes @Priority(StopOrder.STREAMS) ShutdownEvent event) {
        metricsThread.close();
        workQueue.close();
        events.close();
        workers.close();
        statuses.close();
    }

    void stopBroker(@Observes @Priority(StopOrder.BROKER) ShutdownEvent event) {
        publisher.close();
        broker.close();
    }
}
