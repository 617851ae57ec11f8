package dev.aerie.ptz.settings;

import java.time.Duration;

/// A preset that an idle camera visits.
///
/// - `preset`: its id or its name on the camera
/// - `stay`: how long it looks there
public record PatrolStop(String preset, Duration stay) {}
