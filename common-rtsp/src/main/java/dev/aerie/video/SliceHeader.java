package dev.aerie.video;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of a slice header (ITU-T H.264, 7.3.3) that distinguishes one picture from the next.
///
/// Elements that are absent by the stream's parameter sets, and all behind `ppsId` where those sets are unknown,
/// are 0.
record SliceHeader(
        boolean idr,
        int refIdc,
        long firstMacroblock,
        long ppsId,
        long frameNum,
        boolean field,
        boolean bottomField,
        long idrPicId,
        long orderLsb,
        long orderDelta0,
        long orderDelta1) {

    /// More bytes than any slice header needs up to the picture order.
    private static final int MAX_HEADER_BYTES = 48;

    /// Reads what is there of a slice; empty if it takes more bytes than that, or they are not a slice header.
    static Optional<SliceHeader> parse(NalUnit slice, ParameterSets known) {
        var bits = new BitReader(slice.rbsp(MAX_HEADER_BYTES));
        long firstMacroblock = bits.unsignedGolomb();
        long sliceType = bits.unsignedGolomb();
        long ppsId = bits.unsignedGolomb();
        if (bits.isOverrun() || sliceType > 9 || ppsId > 255) {
            return Optional.empty();
        }
        Pps pps = known.pps((int) ppsId);
        Sps sps = pps == null ? null : known.sps(pps.spsId());
        var header = withOrder(bits, slice, firstMacroblock, ppsId, pps, sps);
        return bits.isOverrun() ? Optional.empty() : Optional.of(header);
    }

    private static SliceHeader withOrder(
            BitReader bits, NalUnit slice, long firstMacroblock, long ppsId, @Nullable Pps pps, @Nullable Sps sps) {
        boolean idr = slice.type() == NalUnit.IDR_SLICE;
        int refIdc = slice.refIdc();
        if (pps == null || sps == null) {
            return new SliceHeader(idr, refIdc, firstMacroblock, ppsId, 0, false, false, 0, 0, 0, 0);
        }
        var order = sps.order();
        if (order.separateColourPlanes()) {
            bits.bits(2); // colour_plane_id
        }
        long frameNum = bits.bits(order.frameNumBits());
        boolean field = !order.framesOnly() && bits.flag();
        boolean bottomField = field && bits.flag();
        long idrPicId = idr ? bits.unsignedGolomb() : 0;
        boolean secondDelta = pps.bottomFieldOrderPresent() && !field;
        long lsb = order.type() == 0 ? bits.bits(order.lsbBits()) : 0;
        boolean deltas = order.type() == 1 && !order.deltaAlwaysZero();
        long delta0 = deltas || (order.type() == 0 && secondDelta) ? bits.signedGolomb() : 0;
        long delta1 = deltas && secondDelta ? bits.signedGolomb() : 0;
        return new SliceHeader(
                idr, refIdc, firstMacroblock, ppsId, frameNum, field, bottomField, idrPicId, lsb, delta0, delta1);
    }

    /// Whether this slice is the first of another picture than `previous` (clause 7.4.1.2.4).
    ///
    /// Macroblock 0 counts as a new picture too: encoders that make every picture an IDR often repeat idr_pic_id.
    /// Streams with arbitrary slice order or redundant slices (Baseline only, no camera makes them) are not
    /// distinguished.
    boolean startsPictureAfter(SliceHeader previous) {
        return firstMacroblock == 0
                || idr != previous.idr
                || ppsId != previous.ppsId
                || frameNum != previous.frameNum
                || field != previous.field
                || bottomField != previous.bottomField
                || (refIdc == 0) != (previous.refIdc == 0)
                || idrPicId != previous.idrPicId
                || orderLsb != previous.orderLsb
                || orderDelta0 != previous.orderDelta0
                || orderDelta1 != previous.orderDelta1;
    }
}
