package dev.aerie.video;

/// How an [AccessUnitAssembler] detects that an access unit is complete.
///
/// H.264 has no end mark: in a byte stream, the last frame is complete when the next one begins, one frame late.
public enum AccessUnitBoundary {
    /// By the beginning of the next unit or a delimiter (AUD). Always right; costs one frame of latency without
    /// AUDs.
    NEXT_UNIT,
    /// Every chunk ends an access unit: for senders known to send whole units. Right only if that is true.
    CHUNK_END,
    /// Starts as [#NEXT_UNIT]; after some chunks that each were whole units, trusts the sender and works as
    /// [#CHUNK_END]; a chunk that is not a whole unit ends that trust for good (and may have cost one frame).
    LEARN
}
