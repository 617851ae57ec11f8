package dev.aerie.slam.health;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.rtsp.assigned.StreamStatus;
import dev.aerie.rtsp.own.WorkerPlan;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.pipeline.StreamSlam;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the broker is there and not every stream fails; says of each stream whether pictures flow, how it is
/// tracked and by which
/// camera.
@Readiness
@Singleton
final class SlamReadiness implements HealthCheck {

    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final AssignedStreams<StreamSlam> streams;
    private final SessionSweeper sweeper;

    SlamReadiness(
            WorkerPlan plan, BrokerConnection broker, AssignedStreams<StreamSlam> streams, SessionSweeper sweeper) {
        this.plan = plan;
        this.broker = broker;
        this.streams = streams;
        this.sweeper = sweeper;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("slam-service")
                .status(plan.broker().isReady(broker) && streams.trouble().isEmpty())
                .withData("broker", plan.broker().state(broker))
                .withData("retention", sweeper.trouble().isEmpty() ? "fine" : sweeper.trouble());
        for (StreamSlam work : streams.all()) {
            answer.withData("stream." + work.stream(), flow(work));
        }
        streams.statuses().stream()
                .filter(StreamStatus::isFailed)
                .forEach(status -> answer.withData("stream." + status.stream(), status.words()));
        return answer.build();
    }

    private static String flow(StreamSlam work) {
        String tracked = work.latest()
                .map(pose -> ", " + pose.trackingState().name().toLowerCase(Locale.ROOT))
                .orElse("");
        String camera =
                work.calibration().map(known -> ", camera " + known.source()).orElse("");
        String trouble = work.trouble().isEmpty() ? "" : ", " + work.trouble();
        return work.flow("flows") + tracked + camera + trouble;
    }
}
