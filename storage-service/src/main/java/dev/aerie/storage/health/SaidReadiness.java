package dev.aerie.storage.health;

import dev.aerie.messages.amqp.DurableBatchSubscriber;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while what is said on the bus is taken and made safe.
@Readiness
@Singleton
final class SaidReadiness implements HealthCheck {

    private final DurableBatchSubscriber said;

    SaidReadiness(DurableBatchSubscriber said) {
        this.said = said;
    }

    @Override
    public HealthCheckResponse call() {
        String failure = said.lastFailure();
        String state = !said.isSubscribed()
                ? "the broker keeps messages: not subscribed"
                : failure == null ? "taken" : "the broker keeps messages: " + failure;
        return HealthCheckResponse.named("said")
                .status(said.isSubscribed() && failure == null)
                .withData("messages", state)
                .build();
    }
}
