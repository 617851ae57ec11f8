package dev.aerie.slam.health;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.service.consumer.ConsumerReadiness;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.pipeline.SlamWorker;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Reports also of each stream whether it is tracked and with which camera, and whether old sessions can be removed.
@Readiness
@Singleton
final class SlamReadiness extends ConsumerReadiness<SlamWorker> {

    private final SessionSweeper sweeper;

    SlamReadiness(
            Producer producer,
            WorkerPlan plan,
            BrokerConnection broker,
            StreamWorkers<SlamWorker> workers,
            SessionSweeper sweeper) {
        super(producer, plan, broker, workers);
        this.sweeper = sweeper;
    }

    @Override
    protected boolean describe(HealthCheckResponseBuilder response) {
        response.withData("retention", sweeper.trouble().isEmpty() ? "fine" : sweeper.trouble());
        return true;
    }

    @Override
    protected String describe(SlamWorker worker) {
        String tracked = worker.latest()
                .map(pose -> ", " + pose.trackingState().name().toLowerCase(Locale.ROOT))
                .orElse("");
        String camera =
                worker.calibration().map(known -> ", camera " + known.source()).orElse("");
        String trouble = worker.trouble().isEmpty() ? "" : ", " + worker.trouble();
        return worker.flow("flows") + tracked + camera + trouble;
    }
}
