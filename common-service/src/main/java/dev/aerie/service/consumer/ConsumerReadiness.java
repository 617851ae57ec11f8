package dev.aerie.service.consumer;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamStatus;
import dev.aerie.service.worker.StreamWorker;
import dev.aerie.service.worker.StreamWorkers;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Ready while the broker is connected and not all streams fail. Reports the state of each stream. A service's own
/// check extends this one.
public abstract class ConsumerReadiness<S extends StreamWorker> implements HealthCheck {

    private final Producer producer;
    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final StreamWorkers<S> workers;

    protected ConsumerReadiness(Producer producer, WorkerPlan plan, BrokerConnection broker, StreamWorkers<S> workers) {
        this.producer = producer;
        this.plan = plan;
        this.broker = broker;
        this.workers = workers;
    }

    /// Adds what the service's own parts report; returns whether they are ready.
    protected abstract boolean describe(HealthCheckResponseBuilder response);

    /// The state of one stream, in words for an operator.
    protected abstract String describe(S worker);

    @Override
    public final HealthCheckResponse call() {
        var response = HealthCheckResponse.named(producer.service())
                .withData("broker", plan.broker().state(broker));
        boolean isReady = describe(response);
        for (S worker : workers.all()) {
            response.withData("stream." + worker.stream(), describe(worker));
        }
        workers.statuses().stream()
                .filter(StreamStatus::isFailed)
                .forEach(status -> response.withData("stream." + status.stream(), status.words()));
        return response.status(isReady
                        && plan.broker().isReady(broker)
                        && workers.trouble().isEmpty())
                .build();
    }
}
