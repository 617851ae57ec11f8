package dev.aerie.vision.sam2;

import java.util.Map;
import java.util.TreeMap;

/// The tracker's time: the number of processed frames, and the time of each of the last frames.
///
/// Skipped frames take no time, as in the reference when it gets every second or third frame.
final class FrameClock {

    private final int kept;
    private final TreeMap<Long, Long> byFrameNumber = new TreeMap<>();
    private long now = -1;

    /// - `kept`: number of frames remembered
    FrameClock(int kept) {
        this.kept = kept;
    }

    /// Of the last processed frame; -1 before the first.
    long now() {
        return now;
    }

    /// The time of a frame that is processed now.
    long advance(long frameNumber) {
        now++;
        byFrameNumber.put(frameNumber, now);
        while (byFrameNumber.size() > kept) {
            byFrameNumber.pollFirstEntry();
        }
        return now;
    }

    /// The time of a frame, or of the last processed one before it. A frame later than all is processed now; one
    /// earlier than all that are remembered has the time of the earliest.
    long of(long frameNumber) {
        if (byFrameNumber.isEmpty() || frameNumber > byFrameNumber.lastKey()) {
            return advance(frameNumber);
        }
        Map.Entry<Long, Long> at = byFrameNumber.floorEntry(frameNumber);
        return at != null ? at.getValue() : byFrameNumber.firstEntry().getValue();
    }

    /// Restarts at `now`, without frames.
    void reset(long newNow) {
        byFrameNumber.clear();
        now = newNow;
    }
}
