package dev.aerie.ingest.hls;

import dev.aerie.video.mp4.VideoTrack;

/// An initialization segment.
///
/// - `number`: of the stream's maps, rising
record HlsMap(long number, VideoTrack track) {}
