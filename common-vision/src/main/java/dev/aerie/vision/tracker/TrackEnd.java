package dev.aerie.vision.tracker;

import java.util.Locale;

/// Why a track ends.
enum TrackEnd {
    /// A proposed object was not visible often enough to be confirmed.
    NOT_CONFIRMED,
    /// The detector does not find what the mask shows.
    UNVERIFIED,
    LEFT_FRAME,
    /// Not visible for too long.
    NOT_VISIBLE,
    /// The mask stayed on something else.
    DRIFT,
    /// An older track has the same mask.
    DUPLICATE,
    /// A user removed it.
    REMOVED,
    /// Another strategy proposes objects now.
    STRATEGY_CHANGED;

    /// As logs name it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
