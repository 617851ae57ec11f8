package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How sure the tracker is of an object in this frame.
public enum ObjectState {
    /// Seen, not often enough to be believed.
    @JsonProperty("tentative")
    TENTATIVE,
    @JsonProperty("confirmed")
    CONFIRMED,
    /// Believed to be there, hidden in this frame; its box is predicted.
    @JsonProperty("occluded")
    OCCLUDED,
    /// Not seen for so long that its place is a guess.
    @JsonProperty("lost")
    LOST
}
