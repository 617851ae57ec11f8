package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.service.consumer.ConsumerReadiness;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.vision.tracker.TrackerFactory;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Reports also which detector and tracker run, on which device.
@Readiness
@Singleton
final class FrameReadiness extends ConsumerReadiness<FrameWorker> {

    private final TrackerFactory trackerFactory;

    FrameReadiness(
            Producer producer,
            WorkerPlan plan,
            BrokerConnection broker,
            StreamWorkers<FrameWorker> workers,
            TrackerFactory trackerFactory) {
        super(producer, plan, broker, workers);
        this.trackerFactory = trackerFactory;
    }

    @Override
    protected boolean describe(HealthCheckResponseBuilder response) {
        response.withData("tracker", trackerFactory.trackerName())
                .withData("detector", trackerFactory.detectorName())
                .withData("detector_cause", trackerFactory.reason())
                .withData("device", trackerFactory.provider().device().toString())
                .withData("device_cause", trackerFactory.provider().reason())
                .withData("gpu_memory_limit_mb", trackerFactory.gpuLimitMebibytes());
        return true;
    }

    @Override
    protected String describe(FrameWorker worker) {
        return worker.flow("flows");
    }
}
