package dev.aerie.ptz.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.InvalidFieldException;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.threads.BackgroundThread;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The joysticks that are connected, each for one camera, and the thread that sends them its status.
@Singleton
final class Joysticks {

    private static final Duration STATUS_EVERY = Duration.ofMillis(250);
    private static final double DEFAULT_SECONDS = 0.5;

    private final Steerings steerings;
    private final ObjectMapper json;
    private final Map<String, Joystick> byConnection = new ConcurrentHashMap<>();
    private final BackgroundThread statuses =
            BackgroundThread.every("joystick-status", STATUS_EVERY, this::sendStatuses);

    private record Joystick(WebSocketConnection connection, Steering steering, String operator, AtomicBoolean sending) {

        SteeredCamera camera() {
            return steering.camera();
        }

        /// Leaves a status out where the one before is on its way still.
        void send(String text) {
            if (sending.compareAndSet(false, true)) {
                connection.sendText(text).subscribe().with(_ -> sending.set(false), _ -> sending.set(false));
            }
        }
    }

    Joysticks(Steerings steerings, ObjectMapper json) {
        this.steerings = steerings;
        this.json = json;
    }

    @PostConstruct
    void start() {
        statuses.start();
    }

    @PreDestroy
    void stop() {
        statuses.close();
    }

    /// Throws [InvalidFieldException] where there is no such camera.
    void open(WebSocketConnection connection, String operator) {
        Steering steering = steerings
                .find(String.valueOf(connection.pathParam("camera")))
                .orElseThrow(() -> new InvalidFieldException("camera", "one of GET /ptz/cameras"));
        byConnection.put(connection.id(), new Joystick(connection, steering, operator, new AtomicBoolean()));
    }

    void take(WebSocketConnection connection, String text) {
        Joystick joystick = byConnection.get(connection.id());
        if (joystick == null) {
            return;
        }
        try {
            take(joystick, Fields.of(json.readTree(text)));
        } catch (JsonProcessingException _) {
            problem(joystick, "body must be a JSON object");
        } catch (InvalidFieldException e) {
            problem(joystick, String.valueOf(e.getMessage()));
        }
    }

    /// Whoever is gone is in control no more.
    void close(WebSocketConnection connection) {
        Joystick joystick = byConnection.remove(connection.id());
        if (joystick != null) {
            joystick.camera().release(joystick.operator);
        }
    }

    private static void take(Joystick joystick, Fields message) {
        if (message.has("release")) {
            joystick.camera().release(joystick.operator);
        } else if (message.has("stop")) {
            var _ = joystick.camera().operate(joystick.operator, new CameraCommand.Stop("an operator stopped it"));
        } else {
            var _ = joystick.camera()
                    .operate(joystick.operator, MoveCommands.of(message, joystick.camera(), DEFAULT_SECONDS));
        }
    }

    private void sendStatuses() {
        byConnection.values().forEach(joystick -> {
            try {
                joystick.send(json.writeValueAsString(PtzCameraView.of(joystick.steering)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a status of ours is no JSON", e);
            }
        });
    }

    private void problem(Joystick joystick, String detail) {
        joystick.connection
                .sendText(json.createObjectNode().put("problem", detail).toString())
                .subscribe()
                .with(_ -> {}, _ -> {});
    }
}
