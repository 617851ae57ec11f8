package dev.aerie.frames.tracker;

/// Where an object came from.
///
/// - `label`: what it is called
/// - `prompt`: what began it, as messages name it: `point`, `auto_grid`, `text:red car`
/// - `isAsked`: whether a person asked for it, rather than that it was found
public record TrackOrigin(String label, String prompt, boolean isUserPrompted) {}
