package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.rtsp.assigned.AssignedStreams;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive as long as no bug of ours has ended the work on a stream; a broker or a camera that is away is weather.
@Liveness
@Singleton
final class WorkLiveness implements HealthCheck {

    private final AssignedStreams<StreamWork> streams;

    WorkLiveness(AssignedStreams<StreamWork> streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        var failed =
                streams.all().stream().filter(work -> !work.health().isAlive()).toList();
        var answer = HealthCheckResponse.named("streams").status(failed.isEmpty());
        for (StreamWork work : failed) {
            answer.withData("stream." + work.stream(), work.health().detail());
        }
        return answer.build();
    }
}
