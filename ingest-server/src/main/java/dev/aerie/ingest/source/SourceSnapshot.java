package dev.aerie.ingest.source;

/// A source at one moment.
///
/// - `type`: `rtsp`, `file`, `webcam`, `test`
/// - `description`: where from, without user and password
/// - `attempts`: how often it was opened since it was last started
/// - `lastError`: of the newest failure, without secrets; empty before the first
public record SourceSnapshot(
        String stream, String type, String description, SourceState state, long attempts, String lastError) {}
