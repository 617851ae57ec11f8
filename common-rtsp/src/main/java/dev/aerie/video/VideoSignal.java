package dev.aerie.video;

/// The beginning of an SPS's video usability information, the same in H.264 (Annex E.1.1) and H.265 (Annex E.2.1).
final class VideoSignal {

    private static final int SAMPLE_ASPECT_RATIO_GIVEN = 255;

    private VideoSignal() {}

    /// Reads past shape of samples, overscan, colours and place of chroma.
    static void skip(BitReader bits) {
        if (bits.flag() && bits.bits(8) == SAMPLE_ASPECT_RATIO_GIVEN) {
            bits.bits(32); // sar_width, sar_height
        }
        if (bits.flag()) {
            bits.bits(1); // overscan_appropriate_flag
        }
        if (bits.flag()) {
            bits.bits(4); // video_format, video_full_range_flag
            if (bits.flag()) {
                bits.bits(24); // colour_primaries, transfer_characteristics, matrix_coefficients
            }
        }
        if (bits.flag()) {
            bits.unsignedGolomb(); // chroma_sample_loc_type_top_field
            bits.unsignedGolomb(); // chroma_sample_loc_type_bottom_field
        }
    }
}
