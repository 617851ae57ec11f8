package dev.aerie.ingest.live;

import dev.aerie.ingest.alert.Alerts;
import dev.aerie.ingest.bus.WorkerStates;
import dev.aerie.ingest.watch.Tracks;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.service.stage.FrameStages;
import dev.aerie.service.stage.Stage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Builds the results path of the dashboard: one subscription to everything on the bus, distributed by stream.
@Singleton
final class LiveWiring {

    private static final long RATES_EVERY_MILLIS = 1_000;
    private static final long JOIN_STEP_MILLIS = 10;

    private final ResultHub hub;
    private final JoinTimer joinTimer;
    private final WorkerStates workers;
    private final Alerts alerts;
    private final Tracks tracks;
    private final FrameStages stages;
    private final List<LiveSubscriber> subscribers;

    /// Without a broker connection there are no results, and every page reports it.
    LiveWiring(
            Instance<BrokerConnection> connection,
            Instance<Producer> producer,
            WorkerStates workers,
            Alerts alerts,
            Tracks tracks,
            FrameStages stages,
            Vertx vertx) {
        this.workers = workers;
        this.alerts = alerts;
        this.tracks = tracks;
        this.stages = stages;
        var connections = connection.stream().toList();
        hub = new ResultHub(() -> isSubscribed());
        joinTimer = new JoinTimer(hub, step -> vertx.setTimer(JOIN_STEP_MILLIS, _ -> step.run()));
        subscribers = connections.stream()
                .map(each -> subscriber(each, "dashboard." + producer.get().instance()))
                .toList();
    }

    @Produces
    @Singleton
    ResultHub hub() {
        return hub;
    }

    void start(@Observes StartupEvent started, Vertx vertx) {
        subscribers.forEach(LiveSubscriber::start);
        vertx.setPeriodic(RATES_EVERY_MILLIS, _ -> hub.tick());
    }

    void stop(@Observes ShutdownEvent stopping) {
        subscribers.forEach(LiveSubscriber::close);
    }

    private boolean isSubscribed() {
        return subscribers.stream().anyMatch(LiveSubscriber::isSubscribed);
    }

    private LiveSubscriber subscriber(BrokerConnection connection, String queue) {
        return new LiveSubscriber(
                connection, queue, Exchanges.ALL, LiveSubscriber.Bounds.DEFAULT, (_, body) -> accept(body));
    }

    /// Messages are read as a whole only where this server needs what they say; everything is passed on as it is.
    private void accept(byte[] body) throws MalformedMessageException {
        String json = new String(body, StandardCharsets.UTF_8);
        var header = Messages.readHeader(json);
        switch (header.type()) {
            case WORKER_STATUS -> workers.accept(Messages.read(body));
            case STREAM_EVENT -> watch(Messages.read(StreamEvent.class, body));
            case FRAME_RESULT -> {
                stages.received(Stage.RECEIVE, header.envelope());
                if (tracks.isWatched() || alerts.isWatched(header.envelope().stream())) {
                    watch(Messages.read(FrameResult.class, body));
                }
            }
            case POSE -> stages.received(Stage.RECEIVE_POSE, header.envelope());
            case IDENTIFICATION, IMU_SAMPLE, IMU_BATCH, TELEMETRY, RECORDING_EVENT, PTZ_EVENT, ALERT, RESTART -> {}
        }
        hub.accept(header, json);
        joinTimer.arm();
    }

    private void watch(FrameResult result) {
        alerts.accept(result);
        if (tracks.isWatched()) {
            tracks.accept(result);
        }
    }

    private void watch(StreamEvent event) {
        alerts.accept(event);
        tracks.accept(event);
    }
}
