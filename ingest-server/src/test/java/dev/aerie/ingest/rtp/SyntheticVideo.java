package dev.aerie.ingest.rtp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;

/// Access units with real parameter sets and slice headers, and slice data that is only long enough.
public final class SyntheticVideo {

    private static final byte[] SPS = Base64.getDecoder().decode("Z0LAHtkDxWhAAAADAEAAAAwDxYuS");
    private static final byte[] PPS = Base64.getDecoder().decode("aMuMsg==");

    private SyntheticVideo() {}

    /// SPS, PPS and one IDR slice of `sliceBytes`.
    public static AccessUnit idr(int sliceBytes, long pts) {
        return new AccessUnit(
                VideoCodec.H264, annexB(SPS, PPS, slice(0x65, 0x88, sliceBytes)), true, pts, Optional.empty());
    }

    /// One slice of `sliceBytes` that other frames may refer to.
    public static AccessUnit delta(int sliceBytes, long pts) {
        return new AccessUnit(VideoCodec.H264, annexB(slice(0x41, 0x9a, sliceBytes)), false, pts, Optional.empty());
    }

    /// SPS and PPS as Annex-B.
    public static byte[] parameterSets() {
        return annexB(SPS, PPS);
    }

    private static byte[] slice(int header, int second, int bytes) {
        var slice = new byte[bytes];
        for (int i = 2; i < bytes; i++) {
            slice[i] = (byte) (i * 31 | 0x80);
        }
        slice[0] = (byte) header;
        slice[1] = (byte) second;
        return slice;
    }

    private static byte[] annexB(byte[]... nals) {
        var out = new ByteArrayOutputStream();
        for (byte[] nal : nals) {
            out.writeBytes(new byte[] {0, 0, 0, 1});
            out.writeBytes(nal);
        }
        return out.toByteArray();
    }
}
