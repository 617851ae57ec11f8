package dev.aerie.video;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/// ITU-T H.265, 7.3.1.2 and table 7-1.
///
/// ```
/// byte 0: forbidden_zero_bit (1) · nal_unit_type (6) · nuh_layer_id, its highest bit
/// byte 1: nuh_layer_id, five bits · nuh_temporal_id_plus1 (3)
/// ```
@Immutable
final class H265Syntax implements CodecSyntax {

    private static final int LAYER_BITS = 0x1f8;
    private static final int TEMPORAL_ID_BITS = 7;
    private static final int FIRST_IDR_TYPE = 16;
    private static final int LAST_IDR_TYPE = 21;
    private static final int FIRST_UNSPECIFIED_TYPE = 48;
    private static final int RASL_N = 8;
    private static final int RASL_R = 9;
    private static final int PREFIX_SEI = 39;
    private static final int MAX_SLICE_HEADER_BYTES = 16;

    @Override
    public int headerBytes() {
        return 2;
    }

    @Override
    public int typeOf(int header) {
        return header >>> 9 & 0x3f;
    }

    /// Types from 48 on are left to transports such as RTP.
    @Override
    public NalKind kindOf(int header) {
        int type = typeOf(header);
        if ((header & 0x8000) != 0 || (header & TEMPORAL_ID_BITS) == 0 || type >= FIRST_UNSPECIFIED_TYPE) {
            return NalKind.INVALID;
        }
        if ((header & LAYER_BITS) != 0) {
            return NalKind.FOREIGN;
        }
        return switch (type) {
            case 0, 1, 2, 3, 4, 5, 6, 7, RASL_N, RASL_R -> NalKind.SLICE;
            case FIRST_IDR_TYPE, 17, 18, 19, 20, LAST_IDR_TYPE -> NalKind.IDR_SLICE; // BLA, IDR, CRA
            case 32 -> NalKind.VPS;
            case 33 -> NalKind.SPS;
            case 34 -> NalKind.PPS;
            case 35 -> NalKind.DELIMITER;
            case 36, 37, 40 -> NalKind.TRAILING; // end of sequence, end of bitstream, SEI behind the slices
            case 38 -> NalKind.FILLER;
            case PREFIX_SEI -> NalKind.SEI;
            default -> NalKind.FOREIGN;
        };
    }

    /// Types below 16 with an even number are of frames to which none of their temporal layer refers.
    @Override
    public boolean isReference(int header) {
        int type = typeOf(header);
        return type >= FIRST_IDR_TYPE || type % 2 == 1;
    }

    /// Random access skipped leading pictures (RASL): shown before their IDR frame, decoded behind it.
    @Override
    public boolean refersBehindIdr(int header) {
        int type = typeOf(header);
        return type == RASL_N || type == RASL_R;
    }

    /// VPS, SPS, PPS, delimiter, prefix SEI, and slices of IDR and CRA frames, all of the base layer: as H.264 their
    /// type and nal_ref_idc do not go together.
    @Override
    public boolean isUnmistakable(int first, int second) {
        return second == 1
                && switch (first) {
                    case 0x40, 0x42, 0x44, 0x46, 0x4e, 0x26, 0x2a -> true;
                    default -> false;
                };
    }

    /// With the temporal id of its access unit (7.4.2.2).
    @Override
    public int seiHeader(int sliceHeader) {
        return PREFIX_SEI << 9 | Math.max(1, sliceHeader & TEMPORAL_ID_BITS);
    }

    @Override
    public byte[] delimiter() {
        return new byte[] {0x46, 0x01, 0x50};
    }

    @Override
    public Sps parseSps(NalUnit nal) throws MalformedVideoException {
        return H265SpsParser.parse(nal.rbsp());
    }

    /// Clause 7.3.2.3.1.
    @Override
    public Pps parsePps(NalUnit nal) throws MalformedVideoException {
        var bits = new BitReader(nal.rbsp());
        long id = bits.unsignedGolomb();
        long spsId = bits.unsignedGolomb();
        if (bits.isOverrun()) {
            throw new MalformedVideoException("PPS ends early (H.265, 7.3.2.3.1)");
        }
        return Pps.of(id, 63, spsId, 15, false);
    }

    /// Clause 7.3.2.1, up to the number of layer sets.
    @Override
    public int parseVps(NalUnit nal) throws MalformedVideoException {
        var bits = new BitReader(nal.rbsp());
        int id = (int) bits.bits(4);
        bits.bits(8); // base layer internal and available, vps_max_layers_minus1
        int subLayers = 1 + (int) bits.bits(3);
        bits.bits(17); // vps_temporal_id_nesting_flag, vps_reserved_0xffff_16bits
        if (subLayers > ProfileTierLevel.MAX_SUB_LAYERS) {
            throw new MalformedVideoException("VPS says " + subLayers + " temporal layers, allowed: 1..7");
        }
        var _ = ProfileTierLevel.read(bits, subLayers);
        int told = bits.flag() ? subLayers : 1;
        for (int i = 0; i < 3 * told; i++) {
            bits.unsignedGolomb(); // vps_max_dec_pic_buffering_minus1 …
        }
        bits.bits(6); // vps_max_layer_id
        bits.unsignedGolomb(); // vps_num_layer_sets_minus1
        if (bits.isOverrun()) {
            throw new MalformedVideoException("VPS ends early (H.265, 7.3.2.1)");
        }
        return id;
    }

    /// Clause 7.3.6.1.
    @Override
    public Optional<SliceHeader> parseSlice(NalUnit slice, ParameterSets known) {
        var bits = new BitReader(slice.rbsp(MAX_SLICE_HEADER_BYTES));
        boolean isFirst = bits.flag();
        boolean isIdr = slice.kind() == NalKind.IDR_SLICE;
        if (isIdr) {
            bits.bits(1); // no_output_of_prior_pics_flag
        }
        long ppsId = bits.unsignedGolomb();
        return bits.isOverrun() || ppsId > 63
                ? Optional.empty()
                : Optional.of(new H265SliceHeader(isIdr, isFirst, ppsId));
    }
}
