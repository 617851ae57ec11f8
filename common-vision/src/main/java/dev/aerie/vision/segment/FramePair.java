package dev.aerie.vision.segment;

import dev.aerie.messages.FrameId;

/// Two frames, and where the pixels of the later one were in the earlier; lent.
///
/// - `id`: of the later frame
record FramePair(WorkingImage before, WorkingImage now, SharedFlow flow, FrameId id) {}
