package dev.aerie.ingest.rtp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.Sps;
import java.util.OptionalLong;

/// Foretells the time of the next frame from the frames so far.
final class NextFrameTime {

    private static final long MAX_FRAME_TICKS = 90_000;
    private static final double SMOOTHING = 1.0 / 8;

    private final boolean wanted;
    private boolean reordered;
    private boolean started;
    private long lastPts;
    private double frameTicks;

    NextFrameTime(boolean wanted) {
        this.wanted = wanted;
    }

    /// Presentation time expected of the frame that follows `unit`; empty where that cannot be told.
    ///
    /// An IDR frame from before is no reordering: the cached group comes again when a reader joins after the last
    /// one has left.
    OptionalLong after(AccessUnit unit) {
        if (!wanted) {
            return OptionalLong.empty();
        }
        if (unit.isIdr()) {
            reordered |= Sps.in(unit)
                    .map(Sps::reorderFrames)
                    .filter(frames -> frames.orElse(0) > 0)
                    .isPresent();
        }
        boolean replayed = unit.isIdr() && unit.ptsTicks90k() <= lastPts;
        if (started && !replayed) {
            learn(unit.ptsTicks90k() - lastPts);
        }
        started = true;
        lastPts = unit.ptsTicks90k();
        return reordered || frameTicks < 1 ? OptionalLong.empty() : OptionalLong.of(lastPts + Math.round(frameTicks));
    }

    private void learn(long deltaTicks) {
        if (deltaTicks < 0 && deltaTicks > -MAX_FRAME_TICKS) {
            reordered = true;
        } else if (deltaTicks > 0 && deltaTicks < MAX_FRAME_TICKS) {
            boolean another = deltaTicks > 1.5 * frameTicks || deltaTicks < 0.5 * frameTicks;
            frameTicks = another ? deltaTicks : frameTicks + (deltaTicks - frameTicks) * SMOOTHING;
        }
    }
}
