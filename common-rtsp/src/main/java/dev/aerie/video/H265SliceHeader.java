package dev.aerie.video;

/// The beginning of an H.265 slice segment header (ITU-T H.265, 7.3.6.1).
///
/// - `first`: first_slice_segment_in_pic_flag
record H265SliceHeader(boolean idr, boolean first, long ppsId) implements SliceHeader {

    @Override
    public boolean startsPictureAfter(SliceHeader previous) {
        return first;
    }
}
