package dev.aerie.evaluation.detection;

import dev.aerie.messages.Box;

/// An object that is in a frame, by the frame's truth.
///
/// - `isToBeFound`: false for an object too small or too occluded: its detection is neither right nor wrong
public record TrueObject(String label, Box box, boolean isToBeFound) {}
