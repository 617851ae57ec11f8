package dev.aerie.video;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A sequence parameter set: the format of all pictures of a stream (ITU-T H.264, 7.3.2.1.1 and Annex E).
///
/// - `size`: of the displayed pictures, after cropping
/// - `framesPerSecond`: from the timing in the VUI, where there is any
/// - `reorderFrames`: how many pictures may precede one that is displayed earlier; 0 means no reordering
/// - `maxBufferedFrames`: size of the decoded picture buffer in frames, if the VUI contains it
/// - `order`: what it takes to read a slice header
public record Sps(
        int id,
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        FrameSize size,
        OptionalDouble framesPerSecond,
        OptionalInt reorderFrames,
        OptionalInt maxBufferedFrames,
        PictureOrder order) {

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

    /// Reads a NAL unit of type 7; throws [MalformedVideoException] with the broken rule.
    public static Sps parse(NalUnit nal) throws MalformedVideoException {
        return SpsParser.parse(nal.rbsp());
    }

    /// The first one in a unit, which every IDR picture has; empty if there is none or it is broken.
    public static Optional<Sps> in(AccessUnit unit) {
        for (NalUnit nal : unit.nalUnits()) {
            if (nal.type() == NalUnit.SPS) {
                try {
                    return Optional.of(parse(nal));
                } catch (MalformedVideoException _) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// The codec's name in browsers and SDP (RFC 6381): `avc1.` and profile, constraints and level in hex.
    public String codec() {
        return String.format(Locale.ROOT, "avc1.%02x%02x%02x", profileIdc, constraintFlags, levelIdc);
    }
}
