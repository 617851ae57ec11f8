package dev.aerie.service.stage;

import java.util.Locale;

/// A stage of a frame's way through the fleet, in the order in which a frame passes them. The name in lower case is
/// the label `stage` and the name of the span.
public enum Stage {

    /// ingest-server: from the complete access unit to the hand-over to every reader.
    RELAY,

    /// A worker: decoding.
    DECODE,

    /// frame-processor: detector and tracker.
    INFER,

    /// slam-service: tracking.
    TRACK,

    /// ptz-service: detection, tracking, and the decision how to move the camera.
    STEER,

    /// storage-service: queueing for the recorder.
    RECORD,

    /// frame-processor, slam-service: conversion of the result to JSON, and queueing for the broker.
    PUBLISH,

    /// ingest-server: from the creation of a frame result to its arrival from the broker, on its way to the
    /// dashboard.
    RECEIVE,

    /// The same for a camera pose.
    RECEIVE_POSE;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
