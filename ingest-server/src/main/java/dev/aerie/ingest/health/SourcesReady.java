package dev.aerie.ingest.health;

import dev.aerie.ingest.source.SourceSnapshot;
import dev.aerie.ingest.source.Sources;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Always ready: a failed source is retried automatically and does not affect the others. The details name each
/// one's state.
@Readiness
final class SourcesReady implements HealthCheck {

    private final Sources sources;

    SourcesReady(Sources sources) {
        this.sources = sources;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("sources").up();
        for (SourceSnapshot source : sources.snapshots()) {
            String state = source.state().name().toLowerCase(Locale.ROOT);
            boolean failed = !source.lastError().isEmpty();
            response.withData(
                    "source " + source.stream(), failed ? state + ", last error: " + source.lastError() : state);
        }
        return response.build();
    }
}
