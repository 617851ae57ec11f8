package dev.aerie.ptz.settings;

import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.cameras.CameraSettingsFile;
import dev.aerie.settings.cameras.JsonSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads one camera's object.
record CameraSettingsReader(JsonSetting camera) {

    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final String NAME_ALLOWED = "a name such as gate: [a-z0-9][a-z0-9_-]{0,62}";
    private static final String PAIR_ALLOWED = "two numbers, the smaller first, such as [-170, 170]";
    private static final Set<String> KEYS = Stream.concat(
                    CameraSettings.OPEN_SECTIONS.stream(),
                    Stream.of(
                            "name",
                            "id",
                            "stream",
                            "driver",
                            "url",
                            "username_env",
                            "password_env",
                            "timeout_seconds",
                            "channel",
                            "profile",
                            "hfov_degrees",
                            "hfov",
                            "pan_range_degrees",
                            "tilt_range_degrees",
                            "zoom_range",
                            "ptz_ranges",
                            "ranges",
                            "max_speed",
                            "mounting",
                            "dead_time_seconds",
                            "tilt_sign",
                            "momentary",
                            "patrol"))
            .collect(Collectors.toUnmodifiableSet());

    CameraSettings read() {
        refuseSecrets();
        camera.requireKeys(KEYS);
        String name = camera.required(NAME_ALLOWED, "name", "id").text(NAME_ALLOWED, NAME.asMatchPredicate());
        var driver = driver();
        return new CameraSettings(
                name,
                camera.optional("stream")
                        .map(text -> text.text(NAME_ALLOWED, NAME.asMatchPredicate()))
                        .orElse(name),
                driver,
                new ConnectionReader(camera).read(driver),
                CameraSettingsFile.fieldOfView(camera),
                ranges(),
                camera.optional("max_speed").map(CameraSettingsReader::speed),
                camera.optional("mounting").map(CameraSettingsReader::mounting),
                camera.optional("dead_time_seconds").map(field -> seconds(field, 0, 10)),
                tiltSign(),
                camera.optional("momentary").map(JsonSetting::flag),
                camera.optional("patrol").map(CameraSettingsReader::patrol).orElse(List.of()),
                new JsonSetting(camera.place() + " (" + name + ")", camera.value()));
    }

    private void refuseSecrets() {
        for (String key : List.of("password", "pass", "passwd", "secret")) {
            camera.optional(key).ifPresent(literal -> {
                throw new InvalidSettingException(literal.place()
                        + " is …: a password does not belong into this file, allowed: password_env, the name of an"
                        + " environment variable that holds it");
            });
        }
        for (String key : List.of("username", "user")) {
            camera.optional(key).ifPresent(literal -> {
                throw new InvalidSettingException(literal.place()
                        + " is there, allowed: username_env, the name of an environment variable that holds it");
            });
        }
    }

    private Driver driver() {
        String allowed = "simulated, isapi or onvif";
        var field = camera.required(allowed, "driver");
        return Driver.named(field.text(allowed, _ -> true)).orElseThrow(() -> field.refused(allowed));
    }

    private Optional<PtzRanges> ranges() {
        var grouped = camera.optional("ranges", "ptz_ranges");
        grouped.ifPresent(group -> group.requireKeys(Set.of("pan", "tilt", "zoom")));
        var pan = range("pan_range_degrees", "pan", grouped, -720, 720);
        var tilt = range("tilt_range_degrees", "tilt", grouped, -180, 180);
        var zoom = range("zoom_range", "zoom", grouped, 1, 1000);
        if (pan.isEmpty() && tilt.isEmpty() && zoom.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PtzRanges(
                pan.orElse(PtzRanges.DEFAULT.panDegrees()),
                tilt.orElse(PtzRanges.DEFAULT.tiltDegrees()),
                zoom.orElse(PtzRanges.DEFAULT.zoom())));
    }

    private Optional<PtzRange> range(
            String key, String groupedKey, Optional<JsonSetting> group, double min, double max) {
        return camera.optional(key)
                .or(() -> group.flatMap(ranges -> ranges.optional(groupedKey)))
                .map(field -> range(field, min, max));
    }

    static PtzRange range(JsonSetting field, double min, double max) {
        var pair = field.value().isArray() ? field.items() : List.<JsonSetting>of();
        if (pair.size() != 2 || !(pair.get(0).number(min, max) <= pair.get(1).number(min, max))) {
            throw field.refused(PAIR_ALLOWED);
        }
        return new PtzRange(pair.get(0).number(min, max), pair.get(1).number(min, max));
    }

    private static PtzVelocity speed(JsonSetting field) {
        field.requireKeys(Set.of("pan_deg_s", "tilt_deg_s", "zoom_s"));
        var assumed = CameraSettings.DEFAULT_MAX_SPEED;
        return new PtzVelocity(
                number(field, "pan_deg_s", 0, 1000, assumed.panDegreesPerSecond()),
                number(field, "tilt_deg_s", 0, 1000, assumed.tiltDegreesPerSecond()),
                number(field, "zoom_s", 0, 20, assumed.zoomRatePerSecond()));
    }

    private static MountingPose mounting(JsonSetting field) {
        field.requireKeys(
                Set.of("east_metres", "north_metres", "up_metres", "heading_degrees", "tilt_degrees", "roll_degrees"));
        return new MountingPose(
                number(field, "east_metres", -1e6, 1e6, 0),
                number(field, "north_metres", -1e6, 1e6, 0),
                number(field, "up_metres", -1e4, 1e5, 0),
                number(field, "heading_degrees", -360, 360, 0),
                number(field, "tilt_degrees", -180, 180, 0),
                number(field, "roll_degrees", -180, 180, 0));
    }

    private int tiltSign() {
        var field = camera.optional("tilt_sign");
        int sign = field.map(given -> given.whole(-1, 1)).orElse(-1);
        if (sign == 0) {
            throw field.orElseThrow().refused("-1 or 1");
        }
        return sign;
    }

    private static List<PatrolStop> patrol(JsonSetting field) {
        return field.items().stream().map(CameraSettingsReader::stop).toList();
    }

    private static PatrolStop stop(JsonSetting field) {
        field.requireKeys(Set.of("preset", "seconds"));
        String allowed = "id or name of a preset";
        return new PatrolStop(
                field.required(allowed, "preset").text(allowed, _ -> true),
                seconds(field.required("seconds from 1 to 86400", "seconds"), 1, 86_400));
    }

    private static double number(JsonSetting object, String key, double min, double max, double otherwise) {
        return object.optional(key).map(field -> field.number(min, max)).orElse(otherwise);
    }

    static Duration seconds(JsonSetting field, double min, double max) {
        return Duration.ofNanos(Math.round(field.number(min, max) * 1e9));
    }
}
