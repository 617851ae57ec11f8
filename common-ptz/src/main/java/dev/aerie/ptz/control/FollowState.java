package dev.aerie.ptz.control;

/// What the controller does about its target.
public enum FollowState {
    /// It has no target and commands nothing.
    IDLE,
    /// It sees the target and turns towards it.
    ACQUIRING,
    /// It keeps the target near its place in the frame.
    HOLDING,
    /// It has not seen the target for a moment and goes on as the target was going.
    PREDICTING,
    /// It looks for the target where it was going and where it was, with a wider view.
    SEARCHING,
    /// It has given up and stands. A tour or a preset is for the caller to choose; a new observation begins again.
    LOST
}
