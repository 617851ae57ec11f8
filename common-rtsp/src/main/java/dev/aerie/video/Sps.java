package dev.aerie.video;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A sequence parameter set: the format of all frames of a stream.
public sealed interface Sps permits H264Sps, H265Sps {

    VideoCodec videoCodec();

    int id();

    /// profile_idc; of H.265 general_profile_idc.
    int profileIdc();

    /// Of the displayed frames, after cropping.
    FrameSize size();

    /// From its timing, where it has any.
    OptionalDouble framesPerSecond();

    /// How many frames may precede one that is displayed earlier; 0 means no reordering.
    OptionalInt reorderFrames();

    /// Size of the decoded picture buffer in frames, if it contains that.
    OptionalInt maxBufferedFrames();

    /// Id of the video parameter set that it refers to; empty for H.264.
    OptionalInt vpsId();

    /// The codec's name in browsers and playlists (RFC 6381): `avc1.64001f`, `hvc1.1.6.L93.B0`.
    String codec();

    /// Reads a NAL unit of kind [NalKind#SPS]; throws [MalformedVideoException] with the broken rule.
    static Sps parse(NalUnit nal) throws MalformedVideoException {
        return nal.codec().syntax().parseSps(nal);
    }

    /// The first one in a unit, which every IDR frame has; empty if there is none or it is broken.
    static Optional<Sps> in(AccessUnit unit) {
        for (NalUnit nal : unit.nalUnits()) {
            if (nal.kind() == NalKind.SPS) {
                try {
                    return Optional.of(parse(nal));
                } catch (MalformedVideoException _) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
