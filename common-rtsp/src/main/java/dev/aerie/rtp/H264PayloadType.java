package dev.aerie.rtp;

/// Types of RTP payload beyond single NAL units (RFC 6184, table 1) that are used here, in the five bits where a NAL
/// unit has its own type.
public final class H264PayloadType {

    /// Several NAL units in one packet (5.7.1).
    public static final int STAP_A = 24;

    /// A fragment of one NAL unit (5.8).
    public static final int FU_A = 28;

    private H264PayloadType() {}
}
