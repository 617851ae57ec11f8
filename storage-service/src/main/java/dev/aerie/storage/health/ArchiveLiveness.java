package dev.aerie.storage.health;

import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.storage.work.StreamRecording;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive as long as no bug of ours has ended a recording; a broker, a camera or a disk that is away is weather.
@Liveness
@Singleton
final class ArchiveLiveness implements HealthCheck {

    private final AssignedStreams<StreamRecording> recordings;

    ArchiveLiveness(AssignedStreams<StreamRecording> recordings) {
        this.recordings = recordings;
    }

    @Override
    public HealthCheckResponse call() {
        var failed = recordings.all().stream().filter(one -> !one.isAlive()).toList();
        var answer = HealthCheckResponse.named("streams").status(failed.isEmpty());
        for (StreamRecording one : failed) {
            answer.withData(
                    "stream." + one.stream(), "recording failed " + one.health().detail());
        }
        return answer.build();
    }
}
