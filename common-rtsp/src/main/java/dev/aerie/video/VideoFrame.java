package dev.aerie.video;

import java.nio.ByteBuffer;

/// One decoded frame, lent: valid until the method it was handed to returns, or until [#release] where it was
/// retained.
///
/// Frames come from a bounded pool; [#retain] and [#release] must pair up.
public interface VideoFrame {

    /// Identity and time; the id's session is `local-…` where the video carried no identity of ours.
    FrameStamp stamp();

    FrameSize size();

    /// Blue, green, red, 8 bits each, rows from the top, [#strideBytes] apart; a direct buffer, position 0.
    /// Read-only by agreement: other readers may hold the same frame.
    ByteBuffer bgr();

    int strideBytes();

    /// How long the decoder worked on this frame, in nanoseconds.
    long decodeNanos();

    /// `System.nanoTime()` at which the decoded frame was handed over; waiting is measured from here.
    long decodedAtNanos();

    /// Keeps the frame beyond the call; whoever retains must [#release] once.
    void retain();

    /// Gives it back to the pool; throws [IllegalStateException] if it was given back already.
    void release();
}
