package dev.aerie.messages;

/// The axes of a vehicle's body: x forward, then right and down, or left and up.
public enum BodyFrame {
    FRD,
    FLU
}
