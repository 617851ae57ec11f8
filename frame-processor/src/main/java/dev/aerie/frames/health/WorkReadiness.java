package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.frames.sight.Sight;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.rtsp.assigned.StreamStatus;
import dev.aerie.rtsp.own.WorkerPlan;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the broker is there and not every stream fails; says what looks at the pictures and whether each
/// stream's flow.
@Readiness
@Singleton
final class WorkReadiness implements HealthCheck {

    private final Sight sight;
    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final AssignedStreams<StreamWork> streams;

    WorkReadiness(Sight sight, WorkerPlan plan, BrokerConnection broker, AssignedStreams<StreamWork> streams) {
        this.sight = sight;
        this.plan = plan;
        this.broker = broker;
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("frame-processor")
                .status(plan.broker().isReady(broker) && streams.trouble().isEmpty())
                .withData("tracker", sight.trackerName())
                .withData("detector", sight.detectorName())
                .withData("detector_cause", sight.reason())
                .withData("device", sight.provider().device().toString())
                .withData("device_cause", sight.provider().reason())
                .withData("gpu_memory_limit_mb", sight.gpuLimitMebibytes())
                .withData("broker", plan.broker().state(broker));
        for (StreamWork work : streams.all()) {
            answer.withData("stream." + work.stream(), work.flow("flows"));
        }
        streams.statuses().stream()
                .filter(StreamStatus::isFailed)
                .forEach(status -> answer.withData("stream." + status.stream(), status.words()));
        return answer.build();
    }
}
