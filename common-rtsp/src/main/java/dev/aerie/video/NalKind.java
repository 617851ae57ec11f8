package dev.aerie.video;

/// What a NAL unit is there for, whatever codec it is of.
public enum NalKind {
    /// Picture data of the base layer.
    SLICE(true),
    /// Picture data of a frame where decoding can start: H.264's IDR, H.265's IDR, CRA and BLA.
    IDR_SLICE(true),
    /// Video parameter set, of H.265 only.
    VPS(false),
    /// Sequence parameter set.
    SPS(false),
    /// Picture parameter set.
    PPS(false),
    /// Supplemental information in front of the slices.
    SEI(false),
    /// Access unit delimiter.
    DELIMITER(false),
    FILLER(false),
    /// Belongs to the frame whose slices precede it: end of sequence, later partitions, information behind the slices.
    TRAILING(false),
    /// Belongs to the parameter sets in front of a frame.
    EXTENSION(false),
    /// Of other layers and views, or reserved: no player here decodes it.
    FOREIGN(false),
    /// A header that breaks a rule.
    INVALID(false);

    private final boolean slice;

    NalKind(boolean slice) {
        this.slice = slice;
    }

    public boolean isSlice() {
        return slice;
    }

    public boolean isParameterSet() {
        return this == VPS || this == SPS || this == PPS;
    }
}
