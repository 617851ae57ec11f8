package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One object of one frame.
///
/// - `id`: the same for the same object through a session, from 1
/// - `score`: 0..1
/// - `ageFrames`: frames since it was first seen, 0 in the first
/// - `prompt`: what asked for it, where something did: `point`, `box`, `mask`, `text:red car`, or what proposed it:
///   `motion`, `detector`
/// - `areaPixels`: of the mask where there is one, else of the box
/// - `polygon`: the outline, at least three points, or null
@JsonPropertyOrder({
    "id",
    "label",
    "score",
    "bbox",
    "state",
    "age_frames",
    "prompt",
    "mask_shape",
    "area",
    "mask",
    "polygon"
})
public record TrackedObject(
        long id,
        String label,
        double score,
        @JsonProperty("bbox") Box box,
        TrackState state,
        @JsonProperty("age_frames") long ageFrames,
        @Nullable String prompt,
        @JsonProperty("area") double areaPixels,
        @Nullable Mask mask,
        @Nullable List<Point> polygon) {

    /// What `prompt` says of an object that was found by its motion.
    public static final String FOUND_BY_MOTION = "motion";

    public TrackedObject {
        Require.atLeast("id", id, 0);
        Require.text("label", label);
        Require.within("score", score, 0, 1);
        Require.present("bbox", box);
        Require.present("state", state);
        Require.atLeast("age_frames", ageFrames, 0);
        Require.atLeast("area", areaPixels, 0.0);
        if (polygon != null) {
            polygon = List.copyOf(polygon);
            Require.rule(polygon.size() >= 3, "polygon must have at least 3 points, had " + polygon.size());
        }
    }

    /// An object known by its box alone.
    public static TrackedObject ofBox(long id, String label, double score, Box box, TrackState state, long ageFrames) {
        return new TrackedObject(id, label, score, box, state, ageFrames, null, box.areaPixels(), null, null);
    }

    /// Height and width of the mask in pixels, as the wire repeats them beside it; null without a mask.
    @JsonProperty(value = "mask_shape", access = JsonProperty.Access.READ_ONLY)
    public @Nullable List<Integer> maskShape() {
        return mask == null ? null : List.of(mask.heightPixels(), mask.widthPixels());
    }
}
