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
import java.util.concurrent.atomic.AtomicInteger;

/// The joysticks that are connected, each for one camera, and the thread that sends them its status.
@Singleton
final class Joysticks {

    private static final Duration STATUS_EVERY = Duration.ofMillis(250);
    private static final double DEFAULT_SECONDS = 0.5;
    private static final int MAX_UNREAD = 16;

    private final Steerings steerings;
    private final ObjectMapper json;
    private final Map<String, Joystick> byConnection = new ConcurrentHashMap<>();
    private final BackgroundThread statuses =
            BackgroundThread.every("joystick-status", STATUS_EVERY, this::sendStatuses);

    private record Joystick(WebSocketConnection connection, Steering steering, String operator, AtomicInteger unread) {

        SteeredCamera camera() {
            return steering.camera();
        }

        /// Leaves a status out where the one before is on its way still.
        void status(String text) {
            send(text, 1);
        }

        /// Answers an invalid message, unless [#MAX_UNREAD] answers are on their way still.
        void problem(String text) {
            send(text, MAX_UNREAD);
        }

        private void send(String text, int below) {
            if (unread.getAndIncrement() < below) {
                connection
                        .sendText(text)
                        .subscribe()
                        .with(_ -> unread.decrementAndGet(), _ -> unread.decrementAndGet());
            } else {
                unread.decrementAndGet();
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
        byConnection.put(connection.id(), new Joystick(connection, steering, operator, new AtomicInteger()));
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
                joystick.status(json.writeValueAsString(PtzCameraView.of(joystick.steering)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a status of ours is no JSON", e);
            }
        });
    }

    private void problem(Joystick joystick, String detail) {
        joystick.problem(json.createObjectNode().put("problem", detail).toString());
    }
}
