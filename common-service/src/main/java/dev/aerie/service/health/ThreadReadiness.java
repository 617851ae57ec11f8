package dev.aerie.service.health;

import dev.aerie.threads.ThreadFailures;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while no background thread fails; names each failing thread with the cause. A failed thread is restarted
/// automatically.
@Readiness
@Singleton
final class ThreadReadiness implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        Map<String, String> failing = ThreadFailures.now();
        var answer = HealthCheckResponse.named("threads").status(failing.isEmpty());
        failing.forEach((thread, cause) -> answer.withData("thread." + thread, cause));
        return answer.build();
    }
}
