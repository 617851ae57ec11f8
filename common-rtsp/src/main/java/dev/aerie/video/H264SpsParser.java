package dev.aerie.video;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// Reads the syntax of a sequence parameter set in the order of ITU-T H.264, 7.3.2.1.1; names follow its elements.
final class H264SpsParser {

    /// The profiles whose parameter sets carry chroma_format_idc and scaling lists.
    private static final Set<Integer> HIGH_PROFILES =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

    private static final int YUV_444 = 3;
    private static final int MACROBLOCK_PIXELS = 16;

    private final BitReader bits;
    private int chromaFormat = 1;
    private boolean separateColourPlanes;

    private H264SpsParser(BitReader bits) {
        this.bits = bits;
    }

    static H264Sps parse(byte[] rbsp) throws MalformedVideoException {
        return new H264SpsParser(new BitReader(rbsp)).sps();
    }

    private H264Sps sps() throws MalformedVideoException {
        int profileIdc = (int) bits.bits(8);
        int constraintFlags = (int) bits.bits(8);
        int levelIdc = (int) bits.bits(8);
        int id = (int) inRange("seq_parameter_set_id", bits.unsignedGolomb(), 31);
        if (HIGH_PROFILES.contains(profileIdc)) {
            readChroma();
        }
        int frameNumBits = 4 + (int) inRange("log2_max_frame_num_minus4", bits.unsignedGolomb(), 12);
        int type = (int) inRange("pic_order_cnt_type", bits.unsignedGolomb(), 2);
        int lsbBits = type == 0 ? 4 + (int) inRange("log2_max_pic_order_cnt_lsb_minus4", bits.unsignedGolomb(), 12) : 0;
        boolean deltaAlwaysZero = type == 1 && readOrderCycle();
        inRange("max_num_ref_frames", bits.unsignedGolomb(), 16);
        bits.bits(1); // gaps_in_frame_num_value_allowed_flag
        long widthInMacroblocks = bits.unsignedGolomb() + 1;
        long heightInMapUnits = bits.unsignedGolomb() + 1;
        boolean framesOnly = bits.flag();
        if (!framesOnly) {
            bits.bits(1); // mb_adaptive_frame_field_flag
        }
        bits.bits(1); // direct_8x8_inference_flag
        var size = readCropping(widthInMacroblocks, heightInMapUnits, framesOnly);
        if (bits.isOverrun()) {
            throw new MalformedVideoException("SPS ends early (H.264, 7.3.2.1.1)");
        }
        var order = new H264Sps.PictureOrder(
                frameNumBits, type, lsbBits, deltaAlwaysZero, framesOnly, separateColourPlanes);
        var vui = bits.flag() ? readVui() : Vui.NONE;
        return new H264Sps(
                id,
                profileIdc,
                constraintFlags,
                levelIdc,
                size,
                vui.framesPerSecond,
                order.type() == 2 ? OptionalInt.of(0) : vui.reorderFrames,
                vui.maxBufferedFrames,
                order);
    }

    private void readChroma() throws MalformedVideoException {
        chromaFormat = (int) inRange("chroma_format_idc", bits.unsignedGolomb(), YUV_444);
        separateColourPlanes = chromaFormat == YUV_444 && bits.flag();
        inRange("bit_depth_luma_minus8", bits.unsignedGolomb(), 6);
        inRange("bit_depth_chroma_minus8", bits.unsignedGolomb(), 6);
        bits.bits(1); // qpprime_y_zero_transform_bypass_flag
        if (bits.flag()) {
            int lists = chromaFormat == YUV_444 ? 12 : 8;
            for (int i = 0; i < lists; i++) {
                if (bits.flag()) {
                    skipScalingList(i < 6 ? 16 : 64);
                }
            }
        }
    }

    private void skipScalingList(int entries) {
        long lastScale = 8;
        long nextScale = 8;
        for (int i = 0; i < entries && nextScale != 0; i++) {
            nextScale = Math.floorMod(lastScale + bits.signedGolomb(), 256);
            lastScale = nextScale == 0 ? lastScale : nextScale;
        }
    }

    /// Order type 1; returns delta_pic_order_always_zero_flag.
    private boolean readOrderCycle() throws MalformedVideoException {
        boolean deltaAlwaysZero = bits.flag();
        bits.signedGolomb(); // offset_for_non_ref_pic
        bits.signedGolomb(); // offset_for_top_to_bottom_field
        long frames = inRange("num_ref_frames_in_pic_order_cnt_cycle", bits.unsignedGolomb(), 255);
        for (int i = 0; i < frames; i++) {
            bits.signedGolomb();
        }
        return deltaAlwaysZero;
    }

    private FrameSize readCropping(long widthInMacroblocks, long heightInMapUnits, boolean framesOnly)
            throws MalformedVideoException {
        int fieldFactor = framesOnly ? 1 : 2;
        boolean subsampled = !separateColourPlanes && chromaFormat != 0;
        int unitX = subsampled && chromaFormat < YUV_444 ? 2 : 1;
        int unitY = (subsampled && chromaFormat == 1 ? 2 : 1) * fieldFactor;
        long width = widthInMacroblocks * MACROBLOCK_PIXELS;
        long height = heightInMapUnits * MACROBLOCK_PIXELS * fieldFactor;
        if (!FrameSize.mayBeCoded(width, height)) {
            throw new MalformedVideoException(
                    "SPS says coded frames of " + width + " × " + height + " pixels, allowed: "
                            + FrameSize.MAX_CODED_PIXELS + " pixels and " + FrameSize.MAX_CODED_SIDE + " a side");
        }
        if (bits.flag()) {
            width -= (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitX;
            height -= (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitY;
        }
        if (width < 1 || height < 1) {
            throw new MalformedVideoException("SPS crops all pixels: " + width + " × " + height + " are left");
        }
        return new FrameSize((int) width, (int) height);
    }

    /// Annex E.1.1. A VUI that breaks off is kept as far as it goes: some cameras write one that does.
    private Vui readVui() {
        VideoSignal.skip(bits);
        OptionalDouble framesPerSecond = bits.flag() ? readTiming() : OptionalDouble.empty();
        boolean nalHrd = bits.flag();
        if (nalHrd) {
            skipHrd();
        }
        boolean vclHrd = bits.flag();
        if (vclHrd) {
            skipHrd();
        }
        if (nalHrd || vclHrd) {
            bits.bits(1); // low_delay_hrd_flag
        }
        bits.bits(1); // pic_struct_present_flag
        boolean restrictions = bits.flag();
        if (!restrictions) {
            return new Vui(framesPerSecond, OptionalInt.empty(), OptionalInt.empty());
        }
        bits.bits(1); // motion_vectors_over_pic_boundaries_flag
        for (int i = 0; i < 4; i++) {
            bits.unsignedGolomb(); // max_bytes_per_pic_denom … log2_max_mv_length_vertical
        }
        int reorderFrames = (int) bits.unsignedGolomb();
        int maxBufferedFrames = (int) bits.unsignedGolomb();
        boolean broken = bits.isOverrun() || reorderFrames > 16 || maxBufferedFrames > 16;
        return new Vui(
                framesPerSecond,
                broken ? OptionalInt.empty() : OptionalInt.of(reorderFrames),
                broken ? OptionalInt.empty() : OptionalInt.of(maxBufferedFrames));
    }

    /// A frame lasts two ticks (Annex E.2.1); rates no camera has count as not given.
    private OptionalDouble readTiming() {
        long unitsInTick = bits.bits(32);
        long timeScale = bits.bits(32);
        bits.bits(1); // fixed_frame_rate_flag
        if (unitsInTick == 0 || bits.isOverrun()) {
            return OptionalDouble.empty();
        }
        double framesPerSecond = timeScale / (2.0 * unitsInTick);
        boolean plausible = framesPerSecond >= 0.01 && framesPerSecond <= 1000;
        return plausible ? OptionalDouble.of(framesPerSecond) : OptionalDouble.empty();
    }

    private void skipHrd() {
        long buffers = Math.min(bits.unsignedGolomb(), 31) + 1;
        bits.bits(8); // bit_rate_scale, cpb_size_scale
        for (int i = 0; i < buffers; i++) {
            bits.unsignedGolomb(); // bit_rate_value_minus1
            bits.unsignedGolomb(); // cpb_size_value_minus1
            bits.bits(1); // cbr_flag
        }
        bits.bits(20); // four lengths of 5 bits
    }

    private static long inRange(String element, long value, long max) throws MalformedVideoException {
        if (value > max) {
            throw new MalformedVideoException("SPS says " + element + " = " + value + ", allowed: 0.." + max);
        }
        return value;
    }

    private record Vui(OptionalDouble framesPerSecond, OptionalInt reorderFrames, OptionalInt maxBufferedFrames) {
        static final Vui NONE = new Vui(OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty());
    }
}
