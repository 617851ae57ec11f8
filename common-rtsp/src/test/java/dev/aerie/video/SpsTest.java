package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpsTest {

    @Test
    void in_x264High_hasSizeAfterCroppingRateAndReordering() throws Exception {
        var sps = Sps.in(Clips.unitsOf(Clips.slicesAndBFrames()).getFirst()).orElseThrow();

        assertThat(sps.size()).isEqualTo(new FrameSize(100, 72));
        assertThat(sps.framesPerSecond()).hasValue(25);
        assertThat(sps.reorderFrames()).hasValue(2);
        assertThat(sps.codec()).isEqualTo("avc1.64000a");
    }

    @Test
    void in_x264Baseline_reordersNothing() throws Exception {
        var sps = Sps.in(Clips.unitsOf(Clips.delimiters()).getFirst()).orElseThrow();

        assertThat(sps.size()).isEqualTo(new FrameSize(96, 80));
        assertThat(sps.framesPerSecond()).hasValue(30);
        assertThat(sps.reorderFrames()).hasValue(0);
        assertThat(sps.codec()).startsWith("avc1.42c0");
    }

    /// Written bit by bit from the syntax table: profile, constraints, level, then the bits as text.
    @ParameterizedTest
    @CsvSource({
        // id 0, frame_num 4 bits, order type 2, 1 ref, no gaps, 8 × 5 macroblocks (index 7, 4), frames only, no crop
        "66, 0, 30, 1 1 011 010 0 0001000 00101 1 1 0 0, 128, 80",
        // the same, cropped by 2 × (1, 1) right and 2 × (2) bottom
        "66, 0, 30, 1 1 011 010 0 0001000 00101 1 1 1 1 010 1 011 0, 126, 76",
        // fields: map units count double; cropping in steps of 4 lines
        "77, 0, 30, 1 1 011 010 0 0001000 00101 0 1 1 1 1 1 1 010 0, 128, 156",
        // order type 1 with a cycle of two
        "66, 0, 30, 1 1 010 0 1 1 011 010 011 010 0 0001000 00101 1 1 0 0, 128, 80",
        // high 4:4:4 in separate planes, a scaling list of 16 that ends at once; cropping in single pixels
        "244, 0, 30, 1 00100 1 1 1 0 1 1 000010001 0 0 0 0 0 0 0 0 0 0 0 1 011 010 0 0001000 00101 1 1 1 1 010 1 010 0, 127, 79",
    })
    void parse_handMade_hasTheSize(int profile, int constraints, int level, String bits, int width, int height)
            throws Exception {
        var sps = Sps.parse(NalUnit.of(VideoCodec.H264, 0x67, withBits(profile, constraints, level, bits)));

        assertThat(sps.size()).isEqualTo(new FrameSize(width, height));
        assertThat(sps.profileIdc()).isEqualTo(profile);
        assertThat(sps.framesPerSecond()).isEmpty();
    }

    @Test
    void parse_impossibleSize_isRefused() {
        var nal = NalUnit.of(VideoCodec.H264, 0x67, withBits(66, 0, 30, "1 1 011 010 0 1 1 1 1 1 1 00001010 1 1 0"));

        assertThatThrownBy(() -> Sps.parse(nal))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining("pixels");
    }

    /// What is cropped away counts too: decoders make room for all of it.
    @ParameterizedTest
    @CsvSource({
        "1024, 1024, 8190, 8191", // 16384 × 16384, cropped to 4 × 2
        "513, 1, 0, 0",
        "1, 513, 0, 0",
        "512, 129, 0, 0",
        "4294967295, 4294967295, 0, 0",
    })
    void parse_largerThanDecodersShouldMakeRoomFor_isRefused(long columns, long rows, long right, long bottom) {
        var nal = NalUnit.of(VideoCodec.H264, 0x67, withBits(66, 0, 30, sized(columns, rows, right, bottom)));

        assertThatThrownBy(() -> Sps.parse(nal))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining("coded frames of");
    }

    @ParameterizedTest
    @CsvSource({"256, 256, 4096, 4096", "512, 128, 8192, 2048"})
    void parse_largestCodedFrame_isTaken(long columns, long rows, int width, int height) throws Exception {
        var sps = Sps.parse(NalUnit.of(VideoCodec.H264, 0x67, withBits(66, 0, 51, sized(columns, rows, 0, 0))));

        assertThat(sps.size()).isEqualTo(new FrameSize(width, height));
    }

    @Test
    void parse_tornAnywhere_isReadOrRefused() throws Exception {
        var nal = Clips.unitsOf(Clips.slicesAndBFrames()).getFirst().nalUnits().getFirst();
        TornSps.isReadOrRefused(VideoCodec.H264, 0x67, nal.rbsp());
    }

    /// Of baseline, with a frame of so many macroblocks, cropped by twice as many pixels.
    private static String sized(long columns, long rows, long right, long bottom) {
        return "1 1 011 010 0 " + golomb(columns - 1) + golomb(rows - 1) + " 1 1 1 1 " + golomb(right) + " 1 "
                + golomb(bottom) + " 0";
    }

    private static String golomb(long value) {
        String bits = Long.toBinaryString(value + 1);
        return "0".repeat(bits.length() - 1) + bits;
    }

    private static byte[] withBits(int profile, int constraints, int level, String bits) {
        var text = new StringBuilder(bits.replace(" ", "")).append('1');
        while (text.length() % 8 != 0) {
            text.append('0');
        }
        var hex = new StringBuilder(
                HexFormat.of().formatHex(new byte[] {(byte) profile, (byte) constraints, (byte) level}));
        for (int i = 0; i < text.length(); i += 8) {
            hex.append("%02x".formatted(Integer.parseInt(text.substring(i, i + 8), 2)));
        }
        return HexFormat.of().parseHex(hex);
    }
}
