package dev.aerie.vision.sam2;

/// Why a frame is in an object's memory, and for how long.
enum MemoryKind {
    /// The object was prompted in it: it conditions every later frame.
    PROMPTED,
    /// The object was tracked into it; forgotten when newer ones have come.
    TRACKED,
    /// Tracked, with something near that looks alike: attended to when newer ones have come, too.
    ANCHOR,
    /// Tracked with a doubtful mask: attended to in the next frame only.
    PASSING
}
