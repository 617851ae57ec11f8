package dev.aerie.ptz.health;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.fleet.SteeredCameras;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.pipeline.PtzWorker;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.service.consumer.ConsumerReadiness;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamWorkers;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Reports also of each camera whether it does what it is told. One that does not makes nothing unready: the others
/// go on, and people must reach the service to see which it is.
@Readiness
@Singleton
final class PtzReadiness extends ConsumerReadiness<PtzWorker> {

    private final SteeredCameras cameras;
    private final Steerings steerings;
    private final DetectorChoice detectors;

    PtzReadiness(
            Producer producer,
            WorkerPlan plan,
            BrokerConnection broker,
            StreamWorkers<PtzWorker> workers,
            SteeredCameras cameras,
            Steerings steerings,
            DetectorChoice detectors) {
        super(producer, plan, broker, workers);
        this.cameras = cameras;
        this.steerings = steerings;
        this.detectors = detectors;
    }

    @Override
    protected boolean describe(HealthCheckResponseBuilder response) {
        response.withData("detector", detectors.name() + ": " + detectors.reason());
        cameras.all().forEach(camera -> response.withData("camera." + camera.name(), words(camera)));
        return true;
    }

    @Override
    protected String describe(PtzWorker worker) {
        String trouble = worker.trouble().isEmpty() ? "" : ", " + worker.trouble();
        return worker.flow("flows") + ", " + worker.counts().tracks() + " tracks" + trouble;
    }

    private String mode(SteeredCamera camera) {
        return steerings.find(camera.name()).map(one -> one.mode().key()).orElse("manual");
    }

    private String words(SteeredCamera camera) {
        if (camera.isAnothers()) {
            return "another ptz-service commands it";
        }
        var status = camera.status();
        String operator = camera.lease()
                .holder(System.nanoTime())
                .map(name -> ", in control: " + name)
                .orElse("");
        return status.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (status.cause().isEmpty() ? "" : ", " + status.cause()) + ", " + mode(camera) + operator;
    }
}
