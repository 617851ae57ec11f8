package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the camera was when one picture was taken, on [Exchanges#SLAM_RESULTS].
///
/// - `worldFromCamera`: null unless tracking gave one
/// - `mapPoints`: how many points the map holds
/// - `covariance`: 6 × 6, row-major, of translation (metres) then rotation (radians); null where unknown
public record CameraPose(
        @JsonUnwrapped Envelope envelope,
        @JsonProperty("pose") @Nullable Transform worldFromCamera,
        Scale scale,
        @JsonProperty("tracking_state") TrackingState trackingState,
        @JsonProperty("is_keyframe") boolean keyframe,
        @JsonProperty("map_points") long mapPoints,
        @Nullable List<Double> covariance)
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
