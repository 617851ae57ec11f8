package dev.aerie.vision.sam2;

import java.util.Map;
import java.util.TreeMap;

/// When each of the last frames was worked on, in frames worked on: the tracker's time.
///
/// Frames that were left out take no time, as in the reference, which is given every second or third one too.
final class FrameClock {

    private final int kept;
    private final TreeMap<Long, Long> byFrameNumber = new TreeMap<>();
    private long now = -1;

    /// - `kept`: how many frames are remembered
    FrameClock(int kept) {
        this.kept = kept;
    }

    /// Of the frame worked on last; -1 before the first.
    long now() {
        return now;
    }

    /// The time of a frame that is worked on now.
    long advance(long frameNumber) {
        now++;
        byFrameNumber.put(frameNumber, now);
        while (byFrameNumber.size() > kept) {
            byFrameNumber.pollFirstEntry();
        }
        return now;
    }

    /// The time of a frame that may have been worked on: its own, or that of the last one before it. One later than
    /// all is worked on now, one earlier than all that are remembered counts as the earliest of them.
    long of(long frameNumber) {
        if (byFrameNumber.isEmpty() || frameNumber > byFrameNumber.lastKey()) {
            return advance(frameNumber);
        }
        Map.Entry<Long, Long> at = byFrameNumber.floorEntry(frameNumber);
        return at != null ? at.getValue() : byFrameNumber.firstEntry().getValue();
    }

    /// Begins anew at `now`, without frames.
    void reset(long newNow) {
        byFrameNumber.clear();
        now = newNow;
    }
}
