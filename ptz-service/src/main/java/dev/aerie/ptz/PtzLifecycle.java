package dev.aerie.ptz;

import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.ptz.fleet.CommandRights;
import dev.aerie.ptz.fleet.SteeredCameras;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.identity.EmbedderChoice;
import dev.aerie.ptz.identity.Identities;
import dev.aerie.ptz.measure.Calibrations;
import dev.aerie.ptz.tracks.ClickTrackers;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.service.consumer.StartOrder;
import dev.aerie.service.consumer.StopOrder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Starts and stops what the service has besides its streams. Cameras are started first, which stops each of them, and
/// closed last, which does so again.
@Singleton
final class PtzLifecycle {

    private final CommandRights rights;
    private final SteeredCameras cameras;
    private final Steerings steerings;
    private final LiveSubscriber frameResults;
    private final DetectorChoice detectors;
    private final Identities identities;
    private final Calibrations calibrations;
    private final ClickTrackers clicks;
    private final EmbedderChoice embedders;

    PtzLifecycle(
            CommandRights rights,
            SteeredCameras cameras,
            Steerings steerings,
            LiveSubscriber frameResults,
            DetectorChoice detectors,
            Identities identities,
            Calibrations calibrations,
            ClickTrackers clicks,
            EmbedderChoice embedders) {
        this.rights = rights;
        this.cameras = cameras;
        this.steerings = steerings;
        this.frameResults = frameResults;
        this.detectors = detectors;
        this.identities = identities;
        this.calibrations = calibrations;
        this.clicks = clicks;
        this.embedders = embedders;
    }

    void startCameras(@Observes @Priority(StartOrder.OUTPUTS) StartupEvent event) {
        rights.start();
        cameras.start();
        steerings.start();
    }

    void start(@Observes @Priority(StartOrder.REST) StartupEvent event) {
        frameResults.start();
        identities.start();
        calibrations.start();
    }

    void stop(@Observes @Priority(StopOrder.REST) ShutdownEvent event) {
        calibrations.close();
        cameras.stopSteering();
        steerings.close();
        frameResults.close();
    }

    void stopCameras(@Observes @Priority(StopOrder.OUTPUTS) ShutdownEvent event) {
        cameras.close();
        rights.close();
        detectors.close();
        identities.close();
        embedders.close();
        clicks.close();
    }
}
