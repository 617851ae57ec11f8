package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;

/// One object that is followed, as of one frame.
///
/// - `id`: from 1 for each stream, never given twice
/// - `box`: in pixels of the frame
/// - `score`: of its last detection, 0..1
/// - `ageFrames`: frames of the stream since it was first seen, 0 in the frame in which that was
public record BoxTrack(long id, Box box, String label, double score, TrackState state, long ageFrames) {}
