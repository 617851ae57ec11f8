package dev.aerie.ingest.health;

import dev.aerie.ingest.gortc.Go2rtcRelay;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready: go2rtc answers, if it relays for us.
@Readiness
final class Go2rtcReady implements HealthCheck {

    private final Optional<Go2rtcRelay> relay;

    Go2rtcReady(Optional<Go2rtcRelay> relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("go2rtc")
                .status(relay.map(Go2rtcRelay::isHealthy).orElse(true))
                .withData("used", relay.isPresent());
        relay.ifPresent(used -> response.withData("ready", String.join(", ", used.ready())));
        return response.build();
    }
}
