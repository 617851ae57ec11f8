package dev.aerie.slam.health;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamStatus;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.pipeline.SlamWorker;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the broker is there and not every stream fails; says of each stream whether frames flow, how it is
/// tracked and by which
/// camera.
@Readiness
@Singleton
final class SlamReadiness implements HealthCheck {

    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final StreamWorkers<SlamWorker> workers;
    private final SessionSweeper sweeper;

    SlamReadiness(WorkerPlan plan, BrokerConnection broker, StreamWorkers<SlamWorker> workers, SessionSweeper sweeper) {
        this.plan = plan;
        this.broker = broker;
        this.workers = workers;
        this.sweeper = sweeper;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("slam-service")
                .status(plan.broker().isReady(broker) && workers.trouble().isEmpty())
                .withData("broker", plan.broker().state(broker))
                .withData("retention", sweeper.trouble().isEmpty() ? "fine" : sweeper.trouble());
        for (SlamWorker work : workers.all()) {
            answer.withData("stream." + work.stream(), flow(work));
        }
        workers.statuses().stream()
                .filter(StreamStatus::isFailed)
                .forEach(status -> answer.withData("stream." + status.stream(), status.words()));
        return answer.build();
    }

    private static String flow(SlamWorker work) {
        String tracked = work.latest()
                .map(pose -> ", " + pose.trackingState().name().toLowerCase(Locale.ROOT))
                .orElse("");
        String camera =
                work.calibration().map(known -> ", camera " + known.source()).orElse("");
        String trouble = work.trouble().isEmpty() ? "" : ", " + work.trouble();
        return work.flow("flows") + tracked + camera + trouble;
    }
}
