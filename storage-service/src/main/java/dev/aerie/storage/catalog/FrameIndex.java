package dev.aerie.storage.catalog;

import dev.aerie.messages.CaptureClock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// All frames of one segment in decoding order, which is their order in the file.
public record FrameIndex(List<FrameEntry> frames) {

    private static final byte VERSION = 1;
    private static final int ENTRY_BYTES = 42;
    private static final int KEYFRAME = 1;
    private static final int PRELUDE = 2;

    public FrameIndex {
        frames = List.copyOf(frames);
    }

    /// The frames without the prelude: those that the segment adds to the recording.
    public List<FrameEntry> own() {
        return frames.stream().filter(frame -> !frame.prelude()).toList();
    }

    /// Position of the frame where decoding must start to show the frame at `position`: the last IDR frame up to there,
    /// or the one before that where the frame is shown in front of it (as in open groups of H.265).
    public int keyframeBefore(int position) {
        int at = lastKeyframe(position);
        boolean isLeading =
                frames.get(position).presentationTicks() < frames.get(at).presentationTicks();
        return isLeading && at > 0 ? lastKeyframe(at - 1) : at;
    }

    private int lastKeyframe(int position) {
        int at = position;
        while (at > 0 && !frames.get(at).keyframe()) {
            at--;
        }
        return at;
    }

    /// Reads the result of [#toBytes]; throws [IllegalArgumentException] for anything else.
    public static FrameIndex ofBytes(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        if (bytes.length % ENTRY_BYTES != 1 || in.get() != VERSION) {
            throw new IllegalArgumentException("not a frame index of version " + VERSION);
        }
        var frames = new ArrayList<FrameEntry>(bytes.length / ENTRY_BYTES);
        while (in.hasRemaining()) {
            frames.add(read(in));
        }
        return new FrameIndex(frames);
    }

    /// A version byte, then 42 bytes per frame, big endian.
    ///
    /// ```
    /// 0 frame number (8) · 8 capture time (8) · 16 decode ticks (8) · 24 composition ticks (4) · 28 offset (8) ·
    /// 36 size (4) · 40 clock (1): 1 sender, 2 rtcp-sr, 3 arrival, 4 replay · 41 flags (1): 1 keyframe, 2 prelude
    /// ```
    public byte[] toBytes() {
        var out = ByteBuffer.wrap(new byte[1 + frames.size() * ENTRY_BYTES]).put(VERSION);
        for (FrameEntry frame : frames) {
            int flags = (frame.keyframe() ? KEYFRAME : 0) | (frame.prelude() ? PRELUDE : 0);
            out.putLong(frame.frameNumber())
                    .putLong(frame.captureTimeNanos())
                    .putLong(frame.decodeTicks())
                    .putInt(frame.compositionTicks())
                    .putLong(frame.offset())
                    .putInt(frame.sizeBytes())
                    .put(code(frame.clock()))
                    .put((byte) flags);
        }
        return out.array();
    }

    private static FrameEntry read(ByteBuffer in) {
        long number = in.getLong();
        long captureTimeNanos = in.getLong();
        long decodeTicks = in.getLong();
        int compositionTicks = in.getInt();
        long offset = in.getLong();
        int sizeBytes = in.getInt();
        var clock = clock(in.get());
        int flags = in.get();
        return new FrameEntry(
                number,
                captureTimeNanos,
                clock,
                decodeTicks,
                compositionTicks,
                offset,
                sizeBytes,
                (flags & KEYFRAME) != 0,
                (flags & PRELUDE) != 0);
    }

    private static byte code(CaptureClock clock) {
        return switch (clock) {
            case SENDER -> 1;
            case RTCP_SR -> 2;
            case ARRIVAL -> 3;
            case REPLAY -> 4;
        };
    }

    private static CaptureClock clock(byte code) {
        for (CaptureClock clock : CaptureClock.values()) {
            if (code(clock) == code) {
                return clock;
            }
        }
        throw new IllegalArgumentException("unknown clock in the frame index: " + code);
    }
}
