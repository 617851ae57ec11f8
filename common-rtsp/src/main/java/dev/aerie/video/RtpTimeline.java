package dev.aerie.video;

/// Unwraps the 32-bit timestamps of one RTP stream, which start anywhere and wrap after 13 hours at 90 kHz.
///
/// Not thread-safe: one stream's packets come on one thread.
public final class RtpTimeline {

    private boolean started;
    private long last;

    /// The timestamp in 64 bits: the value nearest to the one before it; the first is taken as unsigned.
    public long unwrap(int timestamp) {
        if (started) {
            last += timestamp - (int) last;
        } else {
            started = true;
            last = Integer.toUnsignedLong(timestamp);
        }
        return last;
    }
}
