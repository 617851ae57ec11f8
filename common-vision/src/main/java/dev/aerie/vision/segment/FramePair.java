package dev.aerie.vision.segment;

/// Two frames, and where the pixels of the later one were in the earlier; lent.
record FramePair(WorkingImage before, WorkingImage now, SharedFlow flow) {}
