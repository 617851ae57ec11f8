package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;

/// A track as of one frame.
///
/// - `id`: from 1 for each stream, never reused
/// - `box`: in pixels of the frame
/// - `score`: of its last detection, 0..1
/// - `ageFrames`: frames of the stream since its first detection, 0 in that frame
public record BoxTrack(long id, Box box, String label, double score, TrackState state, long ageFrames) {}
