package dev.aerie.video;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.mp4.InitSegment;
import dev.aerie.video.mp4.VideoTrack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// H.264 and H.265 as publishers push them, in pieces: parameter sets, slice headers, SEI, and what is made of them.
final class VideoFuzz {

    private static final int MAX_UNIT_BYTES = 32 << 10;
    private static final int BUFFERED_PIECE_BYTES = 64 << 10;
    private static final FrameStamp STAMP =
            new FrameStamp(new FrameId("drone", "01JD0000000000000000000000", 7), 0, CaptureClock.ARRIVAL);

    private VideoFuzz() {}

    /// The first byte: how access units end and how long the pieces are.
    public static void fuzzerTestOneInput(byte[] data) {
        int how = data.length > 0 ? data[0] & 0xff : 0;
        var boundaries = AccessUnitBoundary.values();
        var assembler = new AccessUnitAssembler("drone", MAX_UNIT_BYTES, boundaries[how % boundaries.length]);
        int pieceBytes = 1 + (how >> 2) * (how >> 2) * 16;
        try {
            for (int at = 1; at < data.length; at += pieceBytes) {
                int count = Math.min(pieceBytes, data.length - at);
                check(assembler.push(ByteBuffer.wrap(data, at, count).slice(), at));
                if (assembler.pendingBytes() > 2 * MAX_UNIT_BYTES + BUFFERED_PIECE_BYTES) {
                    throw new AssertionError("holds " + assembler.pendingBytes() + " bytes");
                }
            }
            check(assembler.flush());
        } catch (MalformedVideoException _) {
            // A publisher is told so.
        }
    }

    private static void check(List<AccessUnit> units) {
        for (AccessUnit unit : units) {
            var stamped = unit.withStamp(STAMP);
            if (!FrameStampSei.find("drone", stamped.nalUnits()).equals(Optional.of(STAMP))) {
                throw new AssertionError("the frame's identity is lost");
            }
            if (unit.isIdr()) {
                VideoTrack.of(unit).ifPresent(InitSegment::of);
            }
            boolean _ = unit.refersBehindIdr();
        }
    }
}
