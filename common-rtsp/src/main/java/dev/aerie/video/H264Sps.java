package dev.aerie.video;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A sequence parameter set of H.264 (ITU-T H.264, 7.3.2.1.1 and Annex E).
///
/// - `order`: what it takes to read a slice header
record H264Sps(
        int id,
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        FrameSize size,
        OptionalDouble framesPerSecond,
        OptionalInt reorderFrames,
        OptionalInt maxBufferedFrames,
        PictureOrder order)
        implements Sps {

    /// The coding of frame numbers and picture order in slice headers.
    ///
    /// - `deltaAlwaysZero`: delta_pic_order_always_zero_flag of order type 1
    /// - `framesOnly`: no fields, no interlace
    record PictureOrder(
            int frameNumBits,
            int type,
            int lsbBits,
            boolean deltaAlwaysZero,
            boolean framesOnly,
            boolean separateColourPlanes) {}

    @Override
    public VideoCodec videoCodec() {
        return VideoCodec.H264;
    }

    @Override
    public OptionalInt vpsId() {
        return OptionalInt.empty();
    }

    /// `avc1.` and profile, constraints and level in hex.
    @Override
    public String codec() {
        return String.format(Locale.ROOT, "avc1.%02x%02x%02x", profileIdc, constraintFlags, levelIdc);
    }
}
