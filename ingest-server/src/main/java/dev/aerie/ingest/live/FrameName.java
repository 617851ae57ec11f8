package dev.aerie.ingest.live;

import dev.aerie.messages.Ulid;
import dev.aerie.video.AccessUnit;

/// The identity of a frame as a browser receives it.
///
/// - `session`: the ingest's ULID; all zero for video without an identity of ours
/// - `frameNumber`: of that session; for video without identity counted by the reader
record FrameName(Ulid session, long frameNumber, long captureTimeNanos) {

    private static final Ulid NONE = new Ulid(0, 0);

    /// `counted` names units without an identity.
    static FrameName of(AccessUnit unit, long counted) {
        return unit.stamp()
                .map(stamp -> new FrameName(
                        session(stamp.id().session()), stamp.id().frameNumber(), stamp.captureTimeNanos()))
                .orElseGet(() -> new FrameName(NONE, counted, 0));
    }

    private static Ulid session(String text) {
        return text.startsWith("local-") ? NONE : Ulid.parse(text);
    }
}
