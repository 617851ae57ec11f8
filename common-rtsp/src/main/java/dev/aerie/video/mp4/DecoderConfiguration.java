package dev.aerie.video.mp4;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.H265Sps;
import dev.aerie.video.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The box with the parameter sets of a track: `avcC` (ISO/IEC 14496-15, 5.3.3.1) and `hvcC` (8.3.3.1). NAL lengths
/// have four bytes.
public final class DecoderConfiguration {

    private static final int VERSION = 1;
    private static final int HIGH_PROFILE = 100;
    private static final int AVC_LENGTHS_AT = 4;
    private static final int AVC_SETS_AT = 5;
    private static final int AVC_SPS_COUNT_MASK = 0x1f;
    private static final int HEVC_LENGTHS_AT = 21;
    private static final int HEVC_ARRAYS_AT = 22;
    private static final int COMPLETE = 0x80;
    private static final int FOUR_BYTE_LENGTHS = 3;

    private DecoderConfiguration() {}

    /// The type of the box.
    public static String boxOf(VideoCodec codec) {
        return switch (codec) {
            case H264 -> "avcC";
            case H265 -> "hvcC";
        };
    }

    static void write(BoxWriter out, VideoTrack track) {
        out.box(boxOf(track.videoCodec()), box -> {
            if (track.format() instanceof H265Sps sps) {
                writeHevc(box, sps, track);
            } else {
                writeAvc(box, track);
            }
        });
    }

    /// Reads the content of such a box; empty if it is invalid.
    public static Optional<VideoTrack> read(VideoCodec codec, ByteBuffer content) {
        var in = content.duplicate();
        var annexB = new ByteArrayOutputStream();
        boolean isWhole = switch (codec) {
            case H264 -> readAvc(in, annexB);
            case H265 -> readHevc(in, annexB);
        };
        return isWhole
                ? VideoTrack.of(new AccessUnit(codec, annexB.toByteArray(), true, 0, Optional.empty()))
                : Optional.empty();
    }

    /// In how many bytes such a box says that the lengths of NAL units are written: 1 to 4. The box is one that [#read]
    /// takes.
    public static int nalLengthBytes(VideoCodec codec, ByteBuffer content) {
        int at = content.position() + (codec == VideoCodec.H264 ? AVC_LENGTHS_AT : HEVC_LENGTHS_AT);
        return (content.get(at) & FOUR_BYTE_LENGTHS) + 1;
    }

    /// The three chroma bytes that High profiles add are set to 4:2:0 and 8 bits, which browsers play.
    private static void writeAvc(BoxWriter box, VideoTrack track) {
        var first = track.sps().getFirst();
        int profile = first.get(1) & 0xff;
        box.u8(VERSION).u8(profile).u8(first.get(2)).u8(first.get(3)).u8(0xfc | FOUR_BYTE_LENGTHS);
        writeSets(box.u8(0xe0 | track.sps().size()), track.sps());
        writeSets(box.u8(track.pps().size()), track.pps());
        if (profile >= HIGH_PROFILE) {
            box.u8(0xfc | 1).u8(0xf8).u8(0xf8).u8(0);
        }
    }

    /// Segmentation in space, parallelism and rate are said to be unknown.
    private static void writeHevc(BoxWriter box, H265Sps sps, VideoTrack track) {
        var profile = sps.profile();
        box.u8(VERSION).u8(profile.profile()).u32(profile.compatibility());
        box.u16((int) (profile.constraints() >>> 32))
                .u32((int) profile.constraints())
                .u8(profile.levelIdc());
        box.u16(0xf000).u8(0xfc);
        box.u8(0xfc | sps.chromaFormat()).u8(0xf8 | (sps.lumaBits() - 8)).u8(0xf8 | (sps.chromaBits() - 8));
        box.u16(0).u8(sps.subLayers() << 3 | (sps.nested() ? 4 : 0) | FOUR_BYTE_LENGTHS);
        box.u8(3);
        for (List<ByteBuffer> sets : List.of(track.vps(), track.sps(), track.pps())) {
            int type = VideoCodec.H265.typeOf(sets.getFirst().getShort(0) & 0xffff);
            writeSets(box.u8(COMPLETE | type).u16(sets.size()), sets);
        }
    }

    private static void writeSets(BoxWriter out, List<ByteBuffer> sets) {
        for (ByteBuffer set : sets) {
            out.u16(set.remaining()).put(set.duplicate());
        }
    }

    private static boolean readAvc(ByteBuffer in, ByteArrayOutputStream annexB) {
        if (in.remaining() <= AVC_SETS_AT) {
            return false;
        }
        in.position(in.position() + AVC_SETS_AT);
        return readSets(in.get() & AVC_SPS_COUNT_MASK, in, annexB)
                && readSets(in.hasRemaining() ? in.get() & 0xff : 0, in, annexB);
    }

    private static boolean readHevc(ByteBuffer in, ByteArrayOutputStream annexB) {
        if (in.remaining() <= HEVC_ARRAYS_AT) {
            return false;
        }
        in.position(in.position() + HEVC_ARRAYS_AT);
        int arrays = in.get() & 0xff;
        for (int i = 0; i < arrays; i++) {
            if (in.remaining() < 1 + Short.BYTES) {
                return false;
            }
            in.get();
            if (!readSets(in.getShort() & 0xffff, in, annexB)) {
                return false;
            }
        }
        return true;
    }

    /// Parameter sets behind start codes; false where the box ends before.
    private static boolean readSets(int count, ByteBuffer in, ByteArrayOutputStream annexB) {
        for (int i = 0; i < count; i++) {
            int length = in.remaining() < Short.BYTES ? Integer.MAX_VALUE : in.getShort() & 0xffff;
            if (length > in.remaining()) {
                return false;
            }
            var set = new byte[length];
            in.get(set);
            annexB.writeBytes(new byte[] {0, 0, 0, 1});
            annexB.writeBytes(set);
        }
        return true;
    }
}
