package dev.aerie.slam;

import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.service.consumer.StartOrder;
import dev.aerie.service.consumer.StopOrder;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.SessionSweeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Starts and stops what the service has besides its streams: sensor readings, files, retention, dense mapping's
/// networks.
@Singleton
final class SlamLifecycle {

    private final KeyframeWriter keyframes;
    private final LiveSubscriber sensors;
    private final SessionSweeper sweeper;
    private final DenseMappers dense;

    SlamLifecycle(KeyframeWriter keyframes, LiveSubscriber sensors, SessionSweeper sweeper, DenseMappers dense) {
        this.keyframes = keyframes;
        this.sensors = sensors;
        this.sweeper = sweeper;
        this.dense = dense;
    }

    void start(@Observes @Priority(StartOrder.REST) StartupEvent event) {
        sensors.start();
        sweeper.start();
    }

    void stop(@Observes @Priority(StopOrder.REST) ShutdownEvent event) {
        sweeper.close();
        sensors.close();
    }

    void stopOutputs(@Observes @Priority(StopOrder.OUTPUTS) ShutdownEvent event) {
        keyframes.close();
        dense.close();
    }
}
