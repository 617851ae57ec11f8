package dev.aerie.evaluation.detection;

import dev.aerie.messages.Box;

/// An object that is in a frame, by the frame's truth.
///
/// - `isToBeFound`: false for one too small or too hidden to ask for: to find it is neither right nor wrong
public record TrueObject(String label, Box box, boolean isToBeFound) {}
