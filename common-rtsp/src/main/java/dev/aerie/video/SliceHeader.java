package dev.aerie.video;

/// The part of a slice header that distinguishes one frame from the next.
sealed interface SliceHeader permits H264SliceHeader, H265SliceHeader {

    /// Whether decoding can start at this frame.
    boolean idr();

    /// Of the picture parameter set that it uses.
    long ppsId();

    /// Whether this slice is the first of another frame than `previous`, which is of the same codec.
    boolean startsPictureAfter(SliceHeader previous);
}
