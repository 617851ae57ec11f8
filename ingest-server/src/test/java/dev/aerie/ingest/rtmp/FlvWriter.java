package dev.aerie.ingest.rtmp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import dev.aerie.video.mp4.VideoTrack;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// Video messages as encoders send them: H.264 as FLV has it, H.265 by FourCC. NAL lengths have four bytes.
final class FlvWriter {

    private static final byte[] HVC1 = {'h', 'v', 'c', '1'};

    private FlvWriter() {}

    /// The parameter sets of an IDR frame.
    static byte[] configuration(AccessUnit idr) {
        var track = VideoTrack.of(idr).orElseThrow();
        var out = new ByteArrayOutputStream();
        if (idr.codec() == VideoCodec.H264) {
            out.writeBytes(new byte[] {0x17, 0, 0, 0, 0, 1, 100, 0, 30, -1});
            out.write(0xe0 | track.sps().size());
            sets(out, track.sps());
            out.write(track.pps().size());
            sets(out, track.pps());
        } else {
            out.write(0x90);
            out.writeBytes(HVC1);
            out.writeBytes(new byte[21]);
            out.write(3);
            out.write(3);
            hevcArray(out, 32, track.vps());
            hevcArray(out, 33, track.sps());
            hevcArray(out, 34, track.pps());
        }
        return out.toByteArray();
    }

    /// A frame, shown so much after its message's time.
    static byte[] frame(AccessUnit unit, int laterMillis) {
        var out = new ByteArrayOutputStream();
        int kind = unit.isIdr() ? 0x10 : 0x20;
        if (unit.codec() == VideoCodec.H264) {
            out.write(kind | 7);
            out.write(1);
        } else {
            out.write(0x80 | kind | 1);
            out.writeBytes(HVC1);
        }
        out.writeBytes(new byte[] {(byte) (laterMillis >> 16), (byte) (laterMillis >> 8), (byte) laterMillis});
        for (NalUnit nal : unit.nalUnits()) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(nal.sizeBytes()).array());
            out.writeBytes(bytes(nal.bytes()));
        }
        return out.toByteArray();
    }

    private static void hevcArray(ByteArrayOutputStream out, int type, List<ByteBuffer> sets) {
        out.write(0x80 | type);
        out.write(0);
        out.write(sets.size());
        sets(out, sets);
    }

    private static void sets(ByteArrayOutputStream out, List<ByteBuffer> sets) {
        for (ByteBuffer set : sets) {
            out.write(set.remaining() >> 8);
            out.write(set.remaining());
            out.writeBytes(bytes(set));
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
