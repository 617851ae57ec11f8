package dev.aerie.ptz.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.follow.Steering;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a camera stands, as HTTP and WebSockets show it.
///
/// - `state`: `ready` or why it does not do what it is told; `cause`: in words
/// - `operator`: who moves it by hand; null for nobody, then `mode` holds
/// - `position`: as last reported; null where it reports none
record PtzCameraView(
        String camera,
        String stream,
        String state,
        String cause,
        String mode,
        TargetView target,
        @Nullable String operator,
        @JsonProperty("operator_seconds_left") double operatorSecondsLeft,
        @Nullable Position position,
        Velocity velocity,
        @Nullable Capabilities capabilities) {

    private static final double MILLIS_PER_SECOND = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    record Position(
            @JsonProperty("pan_deg") double panDegrees,
            @JsonProperty("tilt_deg") double tiltDegrees,
            double zoom,
            @JsonProperty("age_ms") long ageMillis) {}

    record Velocity(
            @JsonProperty("pan_deg_s") double panDegreesPerSecond,
            @JsonProperty("tilt_deg_s") double tiltDegreesPerSecond,
            @JsonProperty("zoom_s") double zoomPerSecond) {

        static Velocity of(PtzVelocity velocity) {
            return new Velocity(
                    velocity.panDegreesPerSecond(), velocity.tiltDegreesPerSecond(), velocity.zoomRatePerSecond());
        }
    }

    record Capabilities(
            List<String> moves,
            @JsonProperty("reports_position") boolean reportsPosition,
            @JsonProperty("pan_deg") List<Double> panDegrees,
            @JsonProperty("tilt_deg") List<Double> tiltDegrees,
            List<Double> zoom,
            @JsonProperty("max_speed") Velocity maxSpeed,
            @JsonProperty("max_presets") int maxPresets) {

        static Capabilities of(PtzCapabilities known) {
            return new Capabilities(
                    known.moves().stream()
                            .map(move -> move.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList(),
                    known.reportsPosition(),
                    range(known.panDegrees()),
                    range(known.tiltDegrees()),
                    range(known.zoom()),
                    Velocity.of(known.maxSpeed()),
                    known.maxPresets());
        }

        private static List<Double> range(PtzRange range) {
            return List.of(range.min(), range.max());
        }
    }

    static PtzCameraView of(Steering steering) {
        SteeredCamera camera = steering.camera();
        long now = System.nanoTime();
        var status = camera.status();
        PtzPosition at = status.position();
        Duration left = camera.lease().left(now);
        return new PtzCameraView(
                camera.name(),
                camera.stream(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.cause(),
                steering.mode().key(),
                TargetView.of(steering),
                camera.lease().holder(now).orElse(null),
                left.toMillis() / MILLIS_PER_SECOND,
                at == null
                        ? null
                        : new Position(
                                at.panDegrees(),
                                at.tiltDegrees(),
                                at.zoom(),
                                (now - status.positionAtNanos()) / NANOS_PER_MILLI),
                Velocity.of(status.velocity()),
                camera.capabilities().map(Capabilities::of).orElse(null));
    }
}
