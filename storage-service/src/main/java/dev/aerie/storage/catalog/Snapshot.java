package dev.aerie.storage.catalog;

import dev.aerie.messages.FrameId;

/// A JPEG of one frame.
///
/// - `path`: relative to the archive's root
public record Snapshot(FrameId id, long captureTimeNanos, String path, long bytes) {}
