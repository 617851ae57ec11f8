package dev.aerie.vision.mot;

import dev.aerie.messages.Box;

/// One object that is followed, as of one picture.
///
/// - `id`: from 1 for each stream, never given twice
/// - `box`: in pixels of the picture
/// - `score`: of its last detection, 0..1
/// - `ageFrames`: frames of the stream since it was first seen, 0 in the picture in which that was
public record Track(long id, Box box, String label, double score, TrackState state, long ageFrames) {}
