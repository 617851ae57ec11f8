package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NalUnitTest {

    @ParameterizedTest
    @CsvSource({
        "'', 06",
        "000000, 0600000300",
        "000001, 0600000301",
        "000003, 0600000303",
        "000004, 06000004",
        "0000000000, 06000003000003 00",
        "ff000002ff, 06ff00000302ff"
    })
    void of_zeroRuns_getEmulationPrevention(String rbsp, String nal) {
        var hex = HexFormat.of();
        byte[] payload = hex.parseHex(rbsp);
        byte[] expected = hex.parseHex(nal.replace(" ", ""));

        var unit = NalUnit.of(VideoCodec.H264, 6, payload);

        assertThat(bytesOf(unit)).isEqualTo(expected);
        assertThat(unit.rbsp()).isEqualTo(payload);
    }

    @Test
    void of_anyPayload_roundTripsAndHidesNoStartCode() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var payload = new byte[random.nextInt(60)];
            for (int k = 0; k < payload.length; k++) {
                payload[k] = (byte) (random.nextInt(10) < 7 ? random.nextInt(4) : random.nextInt(256));
            }
            var unit = NalUnit.of(VideoCodec.H264, 0x65, payload);
            assertThat(unit.rbsp()).isEqualTo(payload);
            assertThat(naiveStartCode(bytesOf(unit), 0)).isEqualTo(-1);
        }
    }

    @Test
    void startCode_randomZerosAndOnes_agreesWithTheNaiveScan() {
        var random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            var data = new byte[random.nextInt(24)];
            for (int k = 0; k < data.length; k++) {
                data[k] = (byte) (random.nextInt(3) - (random.nextInt(8) == 0 ? 2 : 0));
            }
            int from = data.length == 0 ? 0 : random.nextInt(data.length);
            assertThat(NalUnit.startCode(data, from, data.length))
                    .as(() -> HexFormat.of().formatHex(data) + " from " + from)
                    .isEqualTo(naiveStartCode(data, from));
        }
    }

    @Test
    void split_threeAndFourByteCodesAndZerosAround_findsTheUnits() {
        byte[] stream = HexFormat.of()
                .parseHex("ff00000001 09f00000 000001 67aa bb00 000001 00000001 68cc 0000".replace(" ", ""));

        var units = NalUnit.split(VideoCodec.H264, stream);

        assertThat(units).extracting(NalUnit::type).containsExactly(9, 7, 8);
        assertThat(units).extracting(NalUnit::sizeBytes).containsExactly(2, 3, 2);
    }

    @Test
    void rbsp_prefixOnly_isTheBeginningOfTheWhole() {
        var unit = NalUnit.of(VideoCodec.H264, 0x41, new byte[] {1, 0, 0, 1, 2, 3, 4});

        assertThat(unit.rbsp(4)).isEqualTo(Arrays.copyOf(unit.rbsp(), 3));
    }

    private static int naiveStartCode(byte[] data, int from) {
        for (int i = from; i + 2 < data.length; i++) {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] bytesOf(NalUnit unit) {
        var bytes = new byte[unit.sizeBytes()];
        unit.bytes().get(bytes);
        return bytes;
    }
}
