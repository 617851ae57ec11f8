package dev.aerie.storage.segment;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStampSei;
import dev.aerie.video.NalUnit;
import dev.aerie.video.mp4.AvcTrack;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Converts samples of an MP4 (NAL units behind four-byte lengths) back into access units (NAL units behind start
/// codes).
public final class SampleBytes {

    private static final int START_CODE = 1;
    private static final int SPS_COUNT_OFFSET = 5;
    private static final int SPS_COUNT_MASK = 0x1f;

    private SampleBytes() {}

    /// The sample at `offset`, with the frame identity in it; empty if its lengths are inconsistent. It contains the
    /// parameter sets only if the file's head does not, and its time is 0.
    public static Optional<AccessUnit> unit(String stream, ByteBuffer file, int offset, int size) {
        if (offset < 0 || size <= 0 || offset > file.limit() - size) {
            return Optional.empty();
        }
        var annexB = new byte[size];
        file.get(offset, annexB);
        var sample = ByteBuffer.wrap(annexB);
        while (sample.remaining() > Integer.BYTES) {
            int length = sample.getInt(sample.position());
            if (length <= 0 || length > sample.remaining() - Integer.BYTES) {
                return Optional.empty();
            }
            sample.putInt(START_CODE).position(sample.position() + length);
        }
        if (sample.hasRemaining()) {
            return Optional.empty();
        }
        var nals = NalUnit.split(annexB);
        boolean idr = nals.stream().anyMatch(nal -> nal.type() == NalUnit.IDR_SLICE);
        return Optional.of(new AccessUnit(annexB, idr, 0, FrameStampSei.find(stream, nals)));
    }

    /// Parses an `avcC` box (ISO/IEC 14496-15, section 5.3.3.1); empty if it is invalid.
    static Optional<AvcTrack> track(ByteBuffer avcC) {
        return parameterSets(avcC).flatMap(sets -> AvcTrack.of(new AccessUnit(sets, true, 0, Optional.empty())));
    }

    /// SPS and PPS behind start codes.
    private static Optional<byte[]> parameterSets(ByteBuffer avcC) {
        var out = new ByteArrayOutputStream();
        var in = avcC.duplicate();
        if (in.remaining() <= SPS_COUNT_OFFSET) {
            return Optional.empty();
        }
        in.position(in.position() + SPS_COUNT_OFFSET);
        for (int mask : new int[] {SPS_COUNT_MASK, 0xff}) {
            int count = in.hasRemaining() ? in.get() & mask : 0;
            for (int i = 0; i < count; i++) {
                int length = in.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(in.getShort());
                if (length > in.remaining()) {
                    return Optional.empty();
                }
                var set = new byte[length];
                in.get(set);
                out.writeBytes(new byte[] {0, 0, 0, START_CODE});
                out.writeBytes(set);
            }
        }
        return Optional.of(out.toByteArray());
    }
}
