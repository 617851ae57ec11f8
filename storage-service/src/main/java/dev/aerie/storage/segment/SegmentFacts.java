package dev.aerie.storage.segment;

import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.video.mp4.VideoTrack;

/// The facts about a segment that follow from its name and frames.
///
/// - `own`: the frames that the segment adds to its recording; at least one
record SegmentFacts(String id, SegmentName name, String path, VideoTrack track, FrameIndex own, long bytes) {

    static SegmentFacts of(String id, SegmentName name, String path, VideoTrack track, FrameIndex frames, long bytes) {
        return new SegmentFacts(id, name, path, track, new FrameIndex(frames.own()), bytes);
    }

    /// - `lastDurationNanos`: duration of the last frame
    Segment open(long lastDurationNanos) {
        return segment(Segment.State.OPEN, lastDurationNanos, "");
    }

    Segment closed(long lastDurationNanos, String sha256) {
        return segment(Segment.State.CLOSED, lastDurationNanos, sha256);
    }

    private Segment segment(Segment.State state, long lastDurationNanos, String sha256) {
        var frames = own.frames();
        long start =
                frames.stream().mapToLong(FrameEntry::captureTimeNanos).min().orElseThrow();
        long last =
                frames.stream().mapToLong(FrameEntry::captureTimeNanos).max().orElseThrow();
        return new Segment(
                id,
                name.stream(),
                name.session(),
                path,
                frames.stream().mapToLong(FrameEntry::frameNumber).min().orElseThrow(),
                frames.stream().mapToLong(FrameEntry::frameNumber).max().orElseThrow(),
                frames.size(),
                start,
                last + lastDurationNanos,
                bytes,
                track.codec(),
                track.size(),
                state,
                false,
                sha256);
    }
}
