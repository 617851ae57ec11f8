package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.frames.tracker.TrackerFactory;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamStatus;
import dev.aerie.service.worker.StreamWorkers;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the broker is there and not every stream fails; says what looks at the frames and whether each
/// stream's flow.
@Readiness
@Singleton
final class WorkReadiness implements HealthCheck {

    private final TrackerFactory trackerFactory;
    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final StreamWorkers<FrameWorker> workers;

    WorkReadiness(
            TrackerFactory trackerFactory,
            WorkerPlan plan,
            BrokerConnection broker,
            StreamWorkers<FrameWorker> workers) {
        this.trackerFactory = trackerFactory;
        this.plan = plan;
        this.broker = broker;
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("frame-processor")
                .status(plan.broker().isReady(broker) && workers.trouble().isEmpty())
                .withData("tracker", trackerFactory.trackerName())
                .withData("detector", trackerFactory.detectorName())
                .withData("detector_cause", trackerFactory.reason())
                .withData("device", trackerFactory.provider().device().toString())
                .withData("device_cause", trackerFactory.provider().reason())
                .withData("gpu_memory_limit_mb", trackerFactory.gpuLimitMebibytes())
                .withData("broker", plan.broker().state(broker));
        for (FrameWorker worker : workers.all()) {
            answer.withData("stream." + worker.stream(), worker.flow("flows"));
        }
        workers.statuses().stream()
                .filter(StreamStatus::isFailed)
                .forEach(status -> answer.withData("stream." + status.stream(), status.words()));
        return answer.build();
    }
}
