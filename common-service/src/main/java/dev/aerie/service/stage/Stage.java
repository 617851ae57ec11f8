package dev.aerie.service.stage;

import java.util.Locale;

/// A stage of a frame's way through the fleet, in the order in which it passes them. Its name in lower case is the
/// label
/// `stage` and the name of its span.
public enum Stage {

    /// ingest-server: from the complete access unit to the hand-over to every reader.
    RELAY,

    /// A worker: in the decoder.
    DECODE,

    /// frame-processor: in detector and tracker.
    INFER,

    /// slam-service: in tracking.
    TRACK,

    /// ptz-service: detection, tracking, the decision how to move.
    STEER,

    /// storage-service: into the recorder's buffer.
    RECORD,

    /// frame-processor, slam-service: result to JSON, and into the buffer of what the broker is sent.
    PUBLISH,

    /// ingest-server: from the making of a frame result to its arrival at the dashboard's side of the bus.
    RECEIVE,

    /// The same of a camera pose.
    RECEIVE_POSE;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
