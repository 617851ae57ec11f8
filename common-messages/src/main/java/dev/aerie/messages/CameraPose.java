package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the camera was when one frame was taken, on [Exchanges#SLAM_RESULTS].
///
/// - `worldFromCamera`: null unless tracking gave one; while relocalizing it is one that was predicted from an inertial
///   sensor's readings, the frame showing nothing that is known
/// - `mapPoints`: how many points the map holds
/// - `covariance`: 6 × 6, row-major, of translation (metres) then rotation (radians); null where unknown
/// - `earthPosition`: where the camera is on the earth; null where the map does not lie on it
/// - `locatedObjects`: where objects stand on the ground, of this frame or an older one; null where unknown
public record CameraPose(
        @JsonUnwrapped Envelope envelope,
        @JsonProperty("pose") @Nullable Transform worldFromCamera,
        Scale scale,
        @JsonProperty("tracking_state") TrackingState trackingState,
        @JsonProperty("is_keyframe") boolean keyframe,
        @JsonProperty("map_points") long mapPoints,
        @Nullable List<Double> covariance,
        @JsonProperty("earth_position") @Nullable EarthPosition earthPosition,
        @JsonProperty("located_objects") @Nullable List<LocatedObject> locatedObjects)
        implements Message {

    public CameraPose {
        Require.present("envelope", envelope).requireFrame();
        Require.present("scale", scale);
        Require.present("tracking_state", trackingState);
        Require.rule(
                worldFromCamera != null || trackingState != TrackingState.TRACKING,
                "pose is missing although tracking_state is tracking");
        Require.atLeast("map_points", mapPoints, 0);
        if (covariance != null) {
            covariance = List.copyOf(covariance);
            Require.rule(covariance.size() == 36, "covariance must have 36 numbers, had " + covariance.size());
            covariance.forEach(value -> Require.finite("covariance", value));
        }
        locatedObjects = locatedObjects == null ? null : List.copyOf(locatedObjects);
    }

    /// Of a camera whose place on the earth is not known.
    public CameraPose(
            Envelope envelope,
            @Nullable Transform worldFromCamera,
            Scale scale,
            TrackingState trackingState,
            boolean keyframe,
            long mapPoints,
            @Nullable List<Double> covariance) {
        this(envelope, worldFromCamera, scale, trackingState, keyframe, mapPoints, covariance, null, null);
    }

    /// The same pose with what is known of the earth.
    public CameraPose onEarth(EarthPosition position, List<LocatedObject> objects) {
        return new CameraPose(
                envelope,
                worldFromCamera,
                scale,
                trackingState,
                keyframe,
                mapPoints,
                covariance,
                position,
                objects.isEmpty() ? null : objects);
    }

    /// Where an object stands on the ground.
    ///
    /// - `id`, `label`: as the frame result of that frame has them
    /// - `frameNumber`: the frame in which it was seen
    public record LocatedObject(
            long id,
            String label,
            @JsonProperty("frame_number") long frameNumber,
            EarthPosition position) {

        public LocatedObject {
            Require.atLeast("id", id, 0);
            Require.text("label", label);
            Require.atLeast("frame_number", frameNumber, 0);
            Require.present("position", position);
        }
    }

    /// Whether a unit of the map is a metre.
    public enum Scale {
        @JsonProperty("metric")
        METRIC,
        @JsonProperty("arbitrary")
        ARBITRARY
    }

    /// What the tracker knows of itself.
    public enum TrackingState {
        @JsonProperty("initializing")
        INITIALIZING,
        @JsonProperty("tracking")
        TRACKING,
        @JsonProperty("relocalizing")
        RELOCALIZING,
        @JsonProperty("lost")
        LOST
    }
}
