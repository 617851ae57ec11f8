package dev.aerie.ptz.handoff;

import dev.aerie.ptz.camera.ImagePoint;
import java.util.Optional;

/// A track that a camera detected in one frame.
///
/// - `foot`: the middle of its box's lower edge, where it stands
/// - `identity`: as the gallery names its appearance; empty while that is unknown
public record SeenTarget(long trackId, String label, ImagePoint foot, Optional<String> identity) {}
