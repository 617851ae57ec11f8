package dev.aerie.slam.engine;

/// Two frames that the engine found to show the same place, though its map had them apart.
///
/// - `frameNumber`, `olderFrameNumber`: of the keyframes
/// - `isMerge`: whether two submaps became one; else a loop of one submap was closed
public record LoopClosure(long frameNumber, long olderFrameNumber, boolean isMerge) {}
