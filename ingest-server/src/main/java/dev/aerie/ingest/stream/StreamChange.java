package dev.aerie.ingest.stream;

import dev.aerie.video.FrameStamp;

/// A change of a stream's session; `last` is the stamp of its newest frame at that moment.
public sealed interface StreamChange {

    FrameStamp last();

    VideoFormat format();

    /// The first frame arrived; `source` is its input, without secrets: `websocket`, `rtsp-publish`, `file` …
    record Started(FrameStamp last, VideoFormat format, String source) implements StreamChange {}

    /// Size or codec changed, or frames flow again after a stall.
    record Changed(FrameStamp last, VideoFormat format, String source) implements StreamChange {}

    /// No frame for a while; the publisher is still connected.
    record Stalled(FrameStamp last, VideoFormat format, String source) implements StreamChange {}

    /// The session is over; `cause` in a few words.
    record Ended(FrameStamp last, VideoFormat format, String source, String cause) implements StreamChange {}

    /// Is called for every change, in order, on a thread that all listeners share.
    @FunctionalInterface
    interface Listener {
        void heard(StreamChange change);
    }
}
