package dev.aerie.vision.mot;

/// How sure a tracker is of an object.
public enum TrackState {
    /// Seen once; it may be nothing.
    TENTATIVE,
    /// Seen in this frame.
    CONFIRMED,
    /// Not seen in this frame; its box is foretold from where it went.
    OCCLUDED,
    /// Not seen for so long that its box is no longer foretold. Said once; an object that comes back soon after keeps
    /// its identity.
    LOST
}
