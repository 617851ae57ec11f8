package dev.aerie.storage.segment;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStampSei;
import dev.aerie.video.NalKind;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Converts samples of an MP4 (NAL units behind four-byte lengths) back into access units (NAL units behind start
/// codes).
public final class SampleBytes {

    private static final int START_CODE = 1;

    private SampleBytes() {}

    /// The sample at `offset`, with the frame identity in it; empty if its lengths are inconsistent. It contains the
    /// parameter sets only if the file's head does not, and its time is 0.
    public static Optional<AccessUnit> unit(String stream, VideoCodec codec, ByteBuffer file, int offset, int size) {
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
        var nals = NalUnit.split(codec, annexB);
        boolean idr = nals.stream().anyMatch(nal -> nal.kind() == NalKind.IDR_SLICE);
        return Optional.of(new AccessUnit(codec, annexB, idr, 0, FrameStampSei.find(stream, nals)));
    }
}
