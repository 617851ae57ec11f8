package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/// An SPS cut anywhere and with bytes of chance in it, 50,000 times: read, or refused with its name.
final class TornSps {

    private static final int TIMES = 50_000;

    private TornSps() {}

    /// - `header`: of the NAL unit
    static void isReadOrRefused(VideoCodec codec, int header, byte[] rbsp) {
        var random = new Random(5);
        int read = 0;
        for (int i = 0; i < TIMES; i++) {
            byte[] torn = Arrays.copyOf(rbsp, random.nextInt(rbsp.length + 1));
            for (int k = 0; k < 3 && torn.length > 0; k++) {
                torn[random.nextInt(torn.length)] = (byte) random.nextInt();
            }
            try {
                int widthPixels =
                        Sps.parse(NalUnit.of(codec, header, torn)).size().widthPixels();
                read += widthPixels > 0 ? 1 : 0;
            } catch (MalformedVideoException e) {
                assertThat(e).hasMessageContaining("SPS");
            }
        }
        assertThat(read).isBetween(1, TIMES - 1);
    }
}
