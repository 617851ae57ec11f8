package dev.aerie.ptz.web;

import dev.aerie.messages.InvalidFieldException;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.aim.TourStop;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.follow.Steering;
import java.time.Duration;
import java.util.List;

/// Reads a mode and a target from a body. Each method throws [InvalidFieldException].
final class ModeBody {

    private static final int MAX_TEXT = 64;
    private static final double MAX_STOP_SECONDS = 86_400;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final String MODE = "mode";

    private ModeBody() {}

    /// - `camera`: whose patrol a tour without stops is
    static AimMode mode(Fields body, Steering camera) {
        return switch (body.text(MODE, MAX_TEXT)) {
            case "follow" ->
                new AimMode.FollowOne(hasTarget(body) ? selector(body) : new TargetSelector.MostInteresting());
            case "group" -> new AimMode.FrameGroup();
            case "runner" -> new AimMode.FollowRunner();
            case "hold" -> new AimMode.Hold();
            case "manual" -> new AimMode.Manual();
            case "tour" -> new AimMode.Tour(stops(body, camera));
            default -> throw new InvalidFieldException(MODE, "follow, group, runner, hold, manual or tour");
        };
    }

    /// Whom to follow.
    static TargetSelector selector(Fields body) {
        if (body.has("object_id")) {
            return new TargetSelector.ById(body.wholeNumber("object_id"));
        }
        if (body.has("label")) {
            return new TargetSelector.ByLabel(body.text("label", MAX_TEXT));
        }
        if (body.has("identity")) {
            return new TargetSelector.ByIdentity(body.text("identity", MAX_TEXT));
        }
        if (!body.has("x") || !body.has("y")) {
            throw new InvalidFieldException("body", "x and y, object_id, label or identity");
        }
        return new TargetSelector.AtPoint(
                new ImagePoint(2 * body.number("x", 0, 1) - 1, 1 - 2 * body.number("y", 0, 1)));
    }

    private static boolean hasTarget(Fields body) {
        return List.of("object_id", "label", "identity", "x").stream().anyMatch(body::has);
    }

    private static List<TourStop> stops(Fields body, Steering camera) {
        List<TourStop> stops = body.has("stops")
                ? body.objects("stops").stream().map(ModeBody::stop).toList()
                : camera.patrol();
        if (stops.isEmpty()) {
            throw new InvalidFieldException("stops", "a list of {\"preset\": \"1\", \"seconds\": 20}");
        }
        return stops;
    }

    private static TourStop stop(Fields stop) {
        double seconds = stop.number("seconds", 1, MAX_STOP_SECONDS);
        return new TourStop(stop.text("preset", MAX_TEXT), Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND)));
    }
}
