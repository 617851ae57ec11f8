package dev.aerie.storage.health;

import dev.aerie.messages.amqp.BrokerUse;
import dev.aerie.messages.amqp.DurableBatchSubscriber;
import dev.aerie.service.direct.WorkerPlan;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while what is said on the bus is taken and made safe.
@Readiness
@Singleton
final class MessageArchiveReadiness implements HealthCheck {

    private final WorkerPlan plan;
    private final DurableBatchSubscriber said;

    MessageArchiveReadiness(WorkerPlan plan, DurableBatchSubscriber said) {
        this.plan = plan;
        this.said = said;
    }

    @Override
    public HealthCheckResponse call() {
        String failure = said.lastFailure();
        String state = !said.isSubscribed()
                ? "the broker keeps messages: not subscribed"
                : failure == null ? "taken" : "the broker keeps messages: " + failure;
        boolean isTaken = said.isSubscribed() && failure == null;
        return HealthCheckResponse.named("said")
                .status(isTaken || plan.broker() != BrokerUse.NEEDED)
                .withData("messages", state)
                .build();
    }
}
