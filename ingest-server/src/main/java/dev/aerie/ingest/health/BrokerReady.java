package dev.aerie.ingest.health;

import dev.aerie.messages.amqp.BrokerConnection;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready: the broker is connected, so that stream events can be published.
@Readiness
final class BrokerReady implements HealthCheck {

    private final BrokerConnection broker;

    BrokerReady(BrokerConnection broker) {
        this.broker = broker;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("broker").status(broker.isConnected());
        broker.lastFailure().ifPresent(cause -> response.withData("cause", cause));
        return response.build();
    }
}
