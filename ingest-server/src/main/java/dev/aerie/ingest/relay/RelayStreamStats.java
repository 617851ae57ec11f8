package dev.aerie.ingest.relay;

/// The state of one relayed stream at one moment.
///
/// - `units`, `bytes`: access units published since it was opened, and their size
/// - `unitsPerSecond`, `bitsPerSecond`: over the last seconds; 0 when nothing came for so long
/// - `readers`: subscribers of every kind
/// - `silentNanos`: since the last access unit, or since it was opened
public record RelayStreamStats(
        long units, long bytes, double unitsPerSecond, double bitsPerSecond, int readers, long silentNanos) {}
