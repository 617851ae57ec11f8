package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.StreamProcessors;
import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.frames.sight.Sight;
import dev.aerie.messages.amqp.BrokerConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the broker is there; says what looks at the pictures and whether each stream's flow.
@Readiness
@Singleton
final class WorkReadiness implements HealthCheck {

    private final Sight sight;
    private final BrokerConnection broker;
    private final StreamProcessors streams;

    WorkReadiness(Sight sight, BrokerConnection broker, StreamProcessors streams) {
        this.sight = sight;
        this.broker = broker;
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("frame-processor")
                .status(broker.isConnected())
                .withData("tracker", sight.trackerName())
                .withData("detector", sight.detectorName())
                .withData("detector_cause", sight.reason())
                .withData(
                        "broker",
                        broker.isConnected()
                                ? "connected"
                                : broker.lastFailure().orElse("connecting"));
        for (StreamWork work : streams.all()) {
            answer.withData("stream." + work.stream(), flow(work));
        }
        return answer.build();
    }

    private static String flow(StreamWork work) {
        var health = work.health();
        String age = work.statistics()
                .lastUnitAge()
                .map(Duration::toMillis)
                .map(millis -> ", last picture " + millis + " ms ago")
                .orElse(", no picture yet");
        String why = health.isLive() || health.detail().isEmpty() ? "" : ", " + health.detail();
        return (health.isLive() ? "flows" : health.state().name().toLowerCase(Locale.ROOT)) + age + why;
    }
}
