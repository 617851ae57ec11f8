package dev.aerie.video;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/// ITU-T H.264, 7.3.1 and table 7-1.
///
/// ```
/// byte 0: forbidden_zero_bit (1) · nal_ref_idc (2) · nal_unit_type (5)
/// ```
@Immutable
final class H264Syntax implements CodecSyntax {

    private static final int REFERENCE_BITS = 0x60;
    private static final int SEI_HEADER = 6;
    private static final int DELIMITER_HEADER = 9;
    private static final int ANY_SLICES = 0xf0;

    @Override
    public int headerBytes() {
        return 1;
    }

    @Override
    public int typeOf(int header) {
        return header & 0x1f;
    }

    /// Types 0 and 24..31 are left to transports such as RTP.
    @Override
    public NalKind kindOf(int header) {
        int type = typeOf(header);
        if ((header & 0x80) != 0 || type == 0 || type >= 24) {
            return NalKind.INVALID;
        }
        return switch (type) {
            case 1, 2 -> NalKind.SLICE; // whole, or its first partition
            case 3, 4, 19 -> NalKind.TRAILING; // other partitions, auxiliary slices
            case 5 -> NalKind.IDR_SLICE;
            case 6 -> NalKind.SEI;
            case 7 -> NalKind.SPS;
            case 8 -> NalKind.PPS;
            case 9 -> NalKind.DELIMITER;
            case 10, 11 -> NalKind.TRAILING; // end of sequence, end of stream
            case 12 -> NalKind.FILLER;
            case 13 -> NalKind.EXTENSION;
            default -> NalKind.FOREIGN;
        };
    }

    @Override
    public boolean isReference(int header) {
        return (header & REFERENCE_BITS) != 0;
    }

    @Override
    public boolean refersBehindIdr(int header) {
        return false;
    }

    /// Delimiters and SPS: in H.265 these would be of an enhancement layer.
    @Override
    public boolean isUnmistakable(int first, int second) {
        return first == 0x09 || first == 0x67 || first == 0x47 || first == 0x27;
    }

    @Override
    public int seiHeader(int sliceHeader) {
        return SEI_HEADER;
    }

    @Override
    public byte[] delimiter() {
        return new byte[] {DELIMITER_HEADER, (byte) ANY_SLICES};
    }

    @Override
    public Sps parseSps(NalUnit nal) throws MalformedVideoException {
        return H264SpsParser.parse(nal.rbsp());
    }

    /// Clause 7.3.2.2.
    @Override
    public Pps parsePps(NalUnit nal) throws MalformedVideoException {
        var bits = new BitReader(nal.rbsp());
        long id = bits.unsignedGolomb();
        long spsId = bits.unsignedGolomb();
        bits.bits(1); // entropy_coding_mode_flag
        boolean bottomFieldOrderPresent = bits.flag();
        if (bits.isOverrun()) {
            throw new MalformedVideoException("PPS ends early (H.264, 7.3.2.2)");
        }
        return Pps.of(id, 255, spsId, 31, bottomFieldOrderPresent);
    }

    @Override
    public int parseVps(NalUnit nal) throws MalformedVideoException {
        throw new MalformedVideoException("H.264 has no VPS");
    }

    @Override
    public Optional<SliceHeader> parseSlice(NalUnit slice, ParameterSets known) {
        return H264SliceHeader.parse(slice, known).map(header -> header);
    }
}
