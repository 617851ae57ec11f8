package dev.aerie.storage.health;

import dev.aerie.messages.amqp.BrokerUse;
import dev.aerie.messages.amqp.DurableBatchSubscriber;
import dev.aerie.service.direct.WorkerPlan;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while messages of the bus are received and persisted.
@Readiness
@Singleton
final class MessageArchiveReadiness implements HealthCheck {

    private final WorkerPlan plan;
    private final DurableBatchSubscriber message;

    MessageArchiveReadiness(WorkerPlan plan, DurableBatchSubscriber message) {
        this.plan = plan;
        this.message = message;
    }

    @Override
    public HealthCheckResponse call() {
        String failure = message.lastFailure();
        String state = !message.isSubscribed()
                ? "the broker keeps messages: not subscribed"
                : failure == null ? "receiving" : "the broker keeps messages: " + failure;
        boolean isReceiving = message.isSubscribed() && failure == null;
        return HealthCheckResponse.named("messages")
                .status(isReceiving || plan.broker() != BrokerUse.NEEDED)
                .withData("archive", state)
                .build();
    }
}
