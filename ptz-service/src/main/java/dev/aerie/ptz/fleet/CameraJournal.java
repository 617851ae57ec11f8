package dev.aerie.ptz.fleet;

import dev.aerie.messages.PtzEvent;
import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.CommanderListener;
import dev.aerie.ptz.command.CommanderStatus;
import dev.aerie.ptz.command.Order;
import dev.aerie.ptz.command.Origin;
import dev.aerie.ptz.metrics.CommandMetrics;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what becomes of one camera's commands: on the bus, in the log, in the metrics.
final class CameraJournal implements CommanderListener {

    private static final Logger LOG = LoggerFactory.getLogger(CameraJournal.class);

    private final EventTeller events;
    private final CommandMetrics metrics;
    private final PresetArrival arrival = new PresetArrival();

    CameraJournal(EventTeller events, CommandMetrics metrics) {
        this.events = events;
        this.metrics = metrics;
    }

    @Override
    public void sent(Order order, long sentAtNanos, long answeredAtNanos) {
        metrics.sent(kind(order.command()), origin(order.origin()), Duration.ofNanos(answeredAtNanos - sentAtNanos));
        if (order.origin() instanceof Origin.Frame frame) {
            metrics.latency(Duration.ofNanos(Math.max(0, answeredAtNanos - frame.receivedAtNanos())));
        }
        arrival.cancel();
        switch (order.command()) {
            case CameraCommand.Move(PtzVelocity velocity, long _) ->
                events.tell(order.origin(), Kind.MOVE_COMMANDED, draft -> draft.velocity(message(velocity)));
            case CameraCommand.MoveBy(double pan, double tilt, double zoom) ->
                events.tell(
                        order.origin(),
                        Kind.MOVE_COMMANDED,
                        draft -> draft.relative(new PtzEvent.Relative(pan, tilt, zoom)));
            case CameraCommand.MoveTo(PtzPosition to) ->
                events.tell(
                        order.origin(),
                        Kind.MOVE_COMMANDED,
                        draft -> draft.absolute(new PtzEvent.Absolute(to.panDegrees(), to.tiltDegrees(), to.zoom())));
            case CameraCommand.GoToPreset _ -> arrival.sent(order, sentAtNanos);
            case CameraCommand.Stop(String cause) ->
                events.tell(order.origin(), Kind.STOPPED, draft -> draft.cause(cause));
        }
    }

    @Override
    public void stopped(String cause) {
        arrival.cancel();
        metrics.sent("stop", "service", Duration.ZERO);
        events.tell(Kind.STOPPED, draft -> draft.cause(cause));
    }

    @Override
    public void failed(PtzException cause) {
        metrics.failed(cause.reason());
    }

    @Override
    public void unreachable(PtzException cause) {
        LOG.warn(
                "camera lost camera={} reason={} cause={}",
                events.camera(),
                cause.reason().name().toLowerCase(Locale.ROOT),
                cause.getMessage());
        events.tell(
                Kind.CAMERA_UNREACHABLE,
                draft -> draft.cause(cause.reason().name().toLowerCase(Locale.ROOT) + ": " + cause.getMessage()));
    }

    @Override
    public void recovered() {
        LOG.info("camera back camera={}", events.camera());
        events.tell(Kind.CAMERA_RECOVERED, draft -> draft);
    }

    /// Tells that a preset is reached once it is; called several times a second.
    void look(CommanderStatus status, long now) {
        arrival.look(status, now).ifPresent(order -> {
            if (order.command() instanceof CameraCommand.GoToPreset(String id)) {
                events.tell(order.origin(), Kind.PRESET_REACHED, draft -> draft.preset(id));
            }
        });
    }

    static PtzEvent.Velocity message(PtzVelocity velocity) {
        return new PtzEvent.Velocity(
                velocity.panDegreesPerSecond(), velocity.tiltDegreesPerSecond(), velocity.zoomRatePerSecond());
    }

    private static String kind(CameraCommand command) {
        return switch (command) {
            case CameraCommand.Move _ -> "velocity";
            case CameraCommand.MoveBy _ -> "relative";
            case CameraCommand.MoveTo _ -> "absolute";
            case CameraCommand.GoToPreset _ -> "preset";
            case CameraCommand.Stop _ -> "stop";
        };
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case Origin.Operator _ -> "operator";
            case Origin.Frame _ -> "frame";
            case Origin.Service() -> "service";
        };
    }
}
