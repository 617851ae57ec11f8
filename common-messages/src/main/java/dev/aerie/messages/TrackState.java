package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Life-cycle state of a track in one frame.
public enum TrackState {
    /// New, not yet detected often enough to be confirmed.
    @JsonProperty("tentative")
    TENTATIVE,

    /// Detected in this frame.
    @JsonProperty("confirmed")
    CONFIRMED,

    /// Not detected in this frame; its box is predicted.
    @JsonProperty("occluded")
    OCCLUDED,

    /// Not detected for so long that its box is no longer predicted. Reported once; an object that is detected
    /// again soon after keeps its identity.
    @JsonProperty("lost")
    LOST
}
