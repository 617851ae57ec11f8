package dev.aerie.video;

import java.nio.ByteBuffer;

/// One decoded frame, lent: valid until the method that received it returns, or until [#release] if it was retained.
///
/// Frames come from a bounded pool; [#retain] and [#release] must pair up.
public interface VideoFrame {

    /// Identity and time; the id's session is `local-…` for foreign video.
    FrameStamp stamp();

    FrameSize size();

    /// Blue, green, red, 8 bits each, rows from the top, [#strideBytes] apart; a direct buffer, position 0.
    /// Read-only by agreement: other readers may hold the same frame.
    ByteBuffer bgr();

    int strideBytes();

    /// How long the decoder worked on this frame, in nanoseconds.
    long decodeNanos();

    /// `System.nanoTime()` when decoding ended; waiting time is measured from here.
    long decodedAtNanos();

    /// Keeps the frame beyond the call; every retain needs one [#release].
    void retain();

    /// Returns it to the pool; throws [IllegalStateException] if it was released already.
    void release();
}
