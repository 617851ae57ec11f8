package dev.aerie.slam.health;

import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.slam.pipeline.StreamSlam;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive as long as no bug of ours has ended the work on a stream; a broker or a camera that is away is weather.
@Liveness
@Singleton
final class SlamLiveness implements HealthCheck {

    private final AssignedStreams<StreamSlam> streams;

    SlamLiveness(AssignedStreams<StreamSlam> streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        var failed =
                streams.all().stream().filter(work -> !work.health().isAlive()).toList();
        var answer = HealthCheckResponse.named("streams").status(failed.isEmpty());
        for (StreamSlam work : failed) {
            answer.withData("stream." + work.stream(), work.health().detail());
        }
        return answer.build();
    }
}
