package dev.aerie.video;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of an H.264 slice header (ITU-T H.264, 7.3.3) that distinguishes one picture from the next.
///
/// Elements that are absent by the stream's parameter sets, and all behind `ppsId` where those sets are unknown,
/// are 0.
record H264SliceHeader(
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
        long orderDelta1)
        implements SliceHeader {

    /// More bytes than any slice header needs up to the picture order.
    private static final int MAX_HEADER_BYTES = 48;

    /// Reads what is there of a slice; empty if it takes more bytes than that, or they are not a slice header.
    static Optional<H264SliceHeader> parse(NalUnit slice, ParameterSets known) {
        var bits = new BitReader(slice.rbsp(MAX_HEADER_BYTES));
        long firstMacroblock = bits.unsignedGolomb();
        long sliceType = bits.unsignedGolomb();
        long ppsId = bits.unsignedGolomb();
        if (bits.isOverrun() || sliceType > 9 || ppsId > 255) {
            return Optional.empty();
        }
        Pps pps = known.pps((int) ppsId);
        H264Sps sps = pps != null && known.sps(pps.spsId()) instanceof H264Sps found ? found : null;
        var header = withOrder(bits, slice, firstMacroblock, ppsId, pps, sps);
        return bits.isOverrun() ? Optional.empty() : Optional.of(header);
    }

    private static H264SliceHeader withOrder(
            BitReader bits, NalUnit slice, long firstMacroblock, long ppsId, @Nullable Pps pps, @Nullable H264Sps sps) {
        boolean idr = slice.kind() == NalKind.IDR_SLICE;
        int refIdc = slice.header() >>> 5 & 3;
        if (pps == null || sps == null) {
            return new H264SliceHeader(idr, refIdc, firstMacroblock, ppsId, 0, false, false, 0, 0, 0, 0);
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
        return new H264SliceHeader(
                idr, refIdc, firstMacroblock, ppsId, frameNum, field, bottomField, idrPicId, lsb, delta0, delta1);
    }

    /// Whether this slice is the first of another picture than `previous` (clause 7.4.1.2.4).
    ///
    /// Macroblock 0 counts as a new picture too: encoders that make every picture an IDR often repeat idr_pic_id.
    /// Streams with arbitrary slice order or redundant slices (Baseline only, no camera makes them) are not
    /// distinguished.
    @Override
    public boolean startsPictureAfter(SliceHeader before) {
        return !(before instanceof H264SliceHeader previous) || startsAfter(previous);
    }

    private boolean startsAfter(H264SliceHeader previous) {
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
