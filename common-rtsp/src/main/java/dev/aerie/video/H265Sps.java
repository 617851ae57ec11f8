package dev.aerie.video;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A sequence parameter set of H.265 (ITU-T H.265, 7.3.2.2 and Annex E).
///
/// - `video`: the id of its video parameter set
/// - `chromaFormat`: chroma_format_idc: 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4
/// - `lumaBits`, `chromaBits`: of a sample
/// - `subLayers`: temporal layers, 1..7
/// - `nested`: sps_temporal_id_nesting_flag
public record H265Sps(
        int id,
        int video,
        ProfileTierLevel profile,
        int chromaFormat,
        int lumaBits,
        int chromaBits,
        int subLayers,
        boolean nested,
        FrameSize size,
        OptionalDouble framesPerSecond,
        OptionalInt reorderFrames,
        OptionalInt maxBufferedFrames)
        implements Sps {

    private static final int CONSTRAINT_BYTES = 6;

    @Override
    public VideoCodec videoCodec() {
        return VideoCodec.H265;
    }

    @Override
    public int profileIdc() {
        return profile.profileIdc();
    }

    @Override
    public OptionalInt vpsId() {
        return OptionalInt.of(video);
    }

    /// ISO/IEC 14496-15, Annex E.3: profile, compatibility flags in reverse order, tier and level, then the bytes of
    /// constraint flags up to the last that is not zero.
    @Override
    public String codec() {
        String space = profile.profileSpace() == 0 ? "" : String.valueOf((char) ('A' + profile.profileSpace() - 1));
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "hvc1.%s%d.%X.%s%d",
                space,
                profile.profileIdc(),
                Integer.reverse(profile.compatibility()),
                profile.isHighTier() ? "H" : "L",
                profile.levelIdc()));
        long rest = profile.constraints();
        for (int i = 0; i < CONSTRAINT_BYTES && rest != 0; i++) {
            text.append(String.format(Locale.ROOT, ".%X", rest >>> 40));
            rest = rest << 8 & 0xffff_ffff_ffffL;
        }
        return text.toString();
    }
}
