package dev.aerie.vision.tracker;

/// Origin of a track.
///
/// - `prompt`: what started it, as messages name it: `point`, `auto_grid`, `text:red car`
/// - `isUserPrompted`: whether a user prompted it, rather than a strategy
public record TrackOrigin(String label, String prompt, boolean isUserPrompted) {}
