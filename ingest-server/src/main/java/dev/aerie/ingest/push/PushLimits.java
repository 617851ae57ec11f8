package dev.aerie.ingest.push;

/// What a client may push.
///
/// - `defaultStream`: of `/ws/video` without a name
/// - `maxChunkBytes`: largest binary message; `maxUnitBytes`: largest access unit
public record PushLimits(String defaultStream, int maxChunkBytes, int maxUnitBytes) {}
