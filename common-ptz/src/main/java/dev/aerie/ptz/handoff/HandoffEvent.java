package dev.aerie.ptz.handoff;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.site.EastNorthUp;

/// What becomes of a handoff; the caller moves the cameras and publishes.
public sealed interface HandoffEvent {

    Handoff handoff();

    /// A target and the two cameras.
    ///
    /// - `number`: counted from 1
    /// - `fromTrackId`: as the giving camera numbers it
    /// - `isHandBack`: whether the taking camera gave it to the other a moment ago and has lost it
    record Handoff(long number, String from, String to, long fromTrackId, boolean isHandBack) {}

    /// The target will leave: the neighbour is to point to where it will arrive.
    ///
    /// - `arrival`: where on the ground that is, `arrivalNanos`: when
    record Offered(Handoff handoff, EastNorthUp arrival, long arrivalNanos, PtzPosition pointTo)
            implements HandoffEvent {}

    /// The target moves on while it is waited for: the neighbour is to point elsewhere.
    record Repositioned(Handoff handoff, PtzPosition pointTo) implements HandoffEvent {}

    /// The neighbour has it: it is to follow this track, the giving camera is free.
    record Confirmed(Handoff handoff, long toTrackId, Evidence evidence) implements HandoffEvent {}

    /// The neighbour is free again; the giving camera still has the target if the cause says so.
    record Failed(Handoff handoff, Cause cause) implements HandoffEvent {}

    /// What spoke for the track.
    enum Evidence {
        /// Position and velocity on the ground.
        GEOMETRY,
        /// These and its appearance.
        APPEARANCE
    }

    /// Why it failed.
    enum Cause {
        /// The target was not found in time.
        TIMED_OUT,
        /// The target turned back: the giving camera keeps it.
        TARGET_STAYED,
        /// The giving camera follows another target.
        TARGET_CHANGED,
        /// The neighbour follows another target.
        NEIGHBOUR_BUSY
    }
}
