package dev.aerie.video;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads the syntax of a sequence parameter set in the order of ITU-T H.265, 7.3.2.2.1; names follow its elements.
final class H265SpsParser {

    private static final int YUV_444 = 3;
    private static final int MAX_REFERENCE_SETS = 64;
    private static final int MAX_REFERENCES = 16;

    private final BitReader bits;

    private H265SpsParser(BitReader bits) {
        this.bits = bits;
    }

    static H265Sps parse(byte[] rbsp) throws MalformedVideoException {
        return new H265SpsParser(new BitReader(rbsp)).sps();
    }

    private H265Sps sps() throws MalformedVideoException {
        int video = (int) bits.bits(4);
        int subLayers =
                1 + (int) inRange("sps_max_sub_layers_minus1", bits.bits(3), ProfileTierLevel.MAX_SUB_LAYERS - 1);
        boolean nested = bits.flag();
        var profile = ProfileTierLevel.read(bits, subLayers);
        int id = (int) inRange("sps_seq_parameter_set_id", bits.unsignedGolomb(), 15);
        int chromaFormat = (int) inRange("chroma_format_idc", bits.unsignedGolomb(), YUV_444);
        boolean separatePlanes = chromaFormat == YUV_444 && bits.flag();
        var size = readSize(separatePlanes ? 0 : chromaFormat);
        int lumaBits = 8 + (int) inRange("bit_depth_luma_minus8", bits.unsignedGolomb(), 8);
        int chromaBits = 8 + (int) inRange("bit_depth_chroma_minus8", bits.unsignedGolomb(), 8);
        int orderBits = 4 + (int) inRange("log2_max_pic_order_cnt_lsb_minus4", bits.unsignedGolomb(), 12);
        long buffered = 0;
        long reordered = 0;
        int told = bits.flag() ? subLayers : 1;
        for (int i = 0; i < told; i++) {
            buffered = 1 + inRange("sps_max_dec_pic_buffering_minus1", bits.unsignedGolomb(), MAX_REFERENCES - 1);
            reordered = inRange("sps_max_num_reorder_pics", bits.unsignedGolomb(), MAX_REFERENCES - 1);
            bits.unsignedGolomb(); // sps_max_latency_increase_plus1
        }
        if (bits.isOverrun()) {
            throw new MalformedVideoException("SPS ends early (H.265, 7.3.2.2)");
        }
        return new H265Sps(
                id,
                video,
                profile,
                chromaFormat,
                lumaBits,
                chromaBits,
                subLayers,
                nested,
                size,
                framesPerSecond(orderBits),
                OptionalInt.of((int) reordered),
                OptionalInt.of((int) buffered));
    }

    /// - `chroma`: chroma_format_idc, 0 for planes of their own
    private FrameSize readSize(int chroma) throws MalformedVideoException {
        long width = bits.unsignedGolomb();
        long height = bits.unsignedGolomb();
        if (!bits.isOverrun() && (width < 1 || height < 1 || !FrameSize.mayBeCoded(width, height))) {
            throw new MalformedVideoException(
                    "SPS says coded frames of " + width + " × " + height + " pixels, allowed: 1 to "
                            + FrameSize.MAX_CODED_PIXELS + " pixels and " + FrameSize.MAX_CODED_SIDE + " a side");
        }
        if (bits.flag()) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = chroma == 1 ? 2 : 1;
            width -= (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitX;
            height -= (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitY;
        }
        if (bits.isOverrun()) {
            throw new MalformedVideoException("SPS ends early (H.265, 7.3.2.2)");
        }
        if (width < 1 || height < 1) {
            throw new MalformedVideoException("SPS crops all pixels: " + width + " × " + height + " are left");
        }
        return new FrameSize((int) width, (int) height);
    }

    /// What lies between is skipped; empty where it breaks off or there is no timing.
    private OptionalDouble framesPerSecond(int orderBits) {
        for (int i = 0; i < 6; i++) {
            bits.unsignedGolomb(); // log2_min_luma_coding_block_size_minus3 … max_transform_hierarchy_depth_intra
        }
        boolean hasScaling = bits.flag(); // scaling_list_enabled_flag
        if (hasScaling && bits.flag()) {
            skipScalingLists();
        }
        bits.bits(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
        if (bits.flag()) {
            bits.bits(8); // depths of PCM samples
            bits.unsignedGolomb(); // log2_min_pcm_luma_coding_block_size_minus3
            bits.unsignedGolomb(); // log2_diff_max_min_pcm_luma_coding_block_size
            bits.bits(1); // pcm_loop_filter_disabled_flag
        }
        if (!skipReferenceSets()) {
            return OptionalDouble.empty();
        }
        if (bits.flag()) {
            long longTerm = Math.min(bits.unsignedGolomb(), 32);
            for (int i = 0; i < longTerm; i++) {
                bits.bits(orderBits + 1); // lt_ref_pic_poc_lsb_sps, used_by_curr_pic_lt_sps_flag
            }
        }
        bits.bits(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
        return bits.flag() && !bits.isOverrun() ? timing() : OptionalDouble.empty();
    }

    /// Clause 7.3.4.
    private void skipScalingLists() {
        for (int size = 0; size < 4; size++) {
            for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
                if (!bits.flag()) {
                    bits.unsignedGolomb(); // scaling_list_pred_matrix_id_delta
                    continue;
                }
                int coefficients = Math.min(64, 1 << (4 + 2 * size)) + (size > 1 ? 1 : 0);
                for (int i = 0; i < coefficients; i++) {
                    bits.signedGolomb();
                }
            }
        }
    }

    /// Clause 7.3.7; false where they break a rule.
    private boolean skipReferenceSets() {
        long sets = bits.unsignedGolomb();
        if (sets > MAX_REFERENCE_SETS) {
            return false;
        }
        long before = 0;
        for (int i = 0; i < sets; i++) {
            before = i > 0 && bits.flag() ? predictedSet(before) : ownSet();
            if (before > 2 * MAX_REFERENCES || bits.isOverrun()) {
                return false;
            }
        }
        return true;
    }

    /// Returns how many frames the set has, as do the next one.
    private long ownSet() {
        long count = bits.unsignedGolomb() + bits.unsignedGolomb();
        for (long i = 0; i < Math.min(count, 2 * MAX_REFERENCES); i++) {
            bits.unsignedGolomb(); // delta_poc_s0_minus1 or delta_poc_s1_minus1
            bits.bits(1); // used_by_curr_pic_flag
        }
        return count;
    }

    /// Told by its difference from the set before, which has `before` frames.
    private long predictedSet(long before) {
        bits.bits(1); // delta_rps_sign
        bits.unsignedGolomb(); // abs_delta_rps_minus1
        long count = 0;
        for (long i = 0; i <= before; i++) {
            boolean isUsed = bits.flag(); // used_by_curr_pic_flag, and where it is not set use_delta_flag
            count += isUsed || bits.flag() ? 1 : 0;
        }
        return count;
    }

    /// Annex E.2.1, up to the timing: a frame lasts one tick. Rates no camera has count as not given.
    private OptionalDouble timing() {
        VideoSignal.skip(bits);
        bits.bits(3); // neutral_chroma_indication_flag, field_seq_flag, frame_field_info_present_flag
        if (bits.flag()) {
            for (int i = 0; i < 4; i++) {
                bits.unsignedGolomb(); // def_disp_win_left_offset …
            }
        }
        if (!bits.flag()) {
            return OptionalDouble.empty();
        }
        long unitsInTick = bits.bits(32);
        long timeScale = bits.bits(32);
        if (unitsInTick == 0 || bits.isOverrun()) {
            return OptionalDouble.empty();
        }
        double rate = (double) timeScale / unitsInTick;
        return rate >= 0.01 && rate <= 1000 ? OptionalDouble.of(rate) : OptionalDouble.empty();
    }

    private static long inRange(String element, long value, long max) throws MalformedVideoException {
        if (value > max) {
            throw new MalformedVideoException("SPS says " + element + " = " + value + ", allowed: 0.." + max);
        }
        return value;
    }
}
