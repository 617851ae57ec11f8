package dev.aerie.ingest.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.InvalidFieldException;
import dev.aerie.messages.TrackedObject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an object must be, and where, and how long, for an alert. Everything may be left out; what is given must hold
/// together. Throws [InvalidFieldException] for an invalid value.
///
/// - `stream`: of this one alone; null for every stream
/// - `labels`: one of them; none for any
/// - `minScore`: 0..1
/// - `zone`: where the middle of the box's lower edge is; null for the whole frame
/// - `dwellSeconds`: for how long all the rest has held, 0..86400; gaps of up to two seconds count in
/// - `minSpeedWidthsPerSecond`: of the box's middle, in widths of the frame; null for any
@RegisterForReflection
public record AlertRule(
        @Nullable String stream,
        List<String> labels,
        @JsonProperty("min_score") Double minScore,
        @Nullable AlertZone zone,
        @JsonProperty("dwell_s") Double dwellSeconds,
        @JsonProperty("min_speed_widths_s") @Nullable Double minSpeedWidthsPerSecond) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final int MAX_LABELS = 32;
    private static final int MAX_LETTERS = 100;
    private static final double MAX_DWELL_SECONDS = 86_400;
    private static final double MAX_SPEED = 100;

    public AlertRule(
            @Nullable String stream,
            @Nullable List<String> labels,
            @Nullable Double minScore,
            @Nullable AlertZone zone,
            @Nullable Double dwellSeconds,
            @Nullable Double minSpeedWidthsPerSecond) {
        if (stream != null && !FrameId.isStreamName(stream)) {
            throw new InvalidFieldException("stream", "the name of a stream, or left out for all");
        }
        this.stream = stream;
        this.labels = labels(labels == null ? List.of() : labels);
        this.minScore = within("min_score", minScore, 1);
        this.zone = zone;
        this.dwellSeconds = within("dwell_s", dwellSeconds, MAX_DWELL_SECONDS);
        this.minSpeedWidthsPerSecond = minSpeedWidthsPerSecond == null
                ? null
                : within("min_speed_widths_s", minSpeedWidthsPerSecond, MAX_SPEED);
    }

    /// Whether a rule may be called this.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    boolean isOf(String anyStream) {
        return stream == null || stream.equals(anyStream);
    }

    /// Whether an object meets all but the dwell time in a frame of this size.
    ///
    /// - `speed`: in widths of the frame a second; null while it is not known
    boolean isMetBy(TrackedObject object, int widthPixels, int heightPixels, @Nullable Double speed) {
        var box = object.box();
        double x = (box.leftPixels() + box.widthPixels() / 2) / widthPixels;
        double y = box.bottomPixels() / heightPixels;
        return (labels.isEmpty() || labels.contains(object.label()))
                && object.score() >= minScore
                && (zone == null || zone.contains(x, y))
                && (minSpeedWidthsPerSecond == null || (speed != null && speed >= minSpeedWidthsPerSecond));
    }

    private static List<String> labels(List<String> labels) {
        if (labels.size() > MAX_LABELS || !labels.stream().allMatch(AlertRule::isLabel)) {
            throw new InvalidFieldException(
                    "labels", "0.." + MAX_LABELS + " names of things, 1.." + MAX_LETTERS + " letters each");
        }
        return List.copyOf(labels);
    }

    private static boolean isLabel(@Nullable String label) {
        return label != null && !label.isBlank() && label.length() <= MAX_LETTERS;
    }

    private static Double within(String field, @Nullable Double value, double max) {
        double given = value == null ? 0 : value;
        if (!(given >= 0 && given <= max)) {
            throw new InvalidFieldException(field, "0.." + (long) max);
        }
        return given;
    }
}
