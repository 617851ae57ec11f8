package dev.aerie.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalKind;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Faults of cameras whose meaning is clear. Payloads in hex, as they lie in RTP packets.
class CameraQuirksTest {

    private static final String PARAMETER_SETS = "000000016742c01ed903c56840000003004000000c03c58b920000000168cb8cb2";
    private static final String IDR_FIRST = "658880ffffff";
    private static final String DELTA = "419bffffff";
    private static final String SECOND_SLICE = "4146ffffff";

    private final RtpDepacketizer depacketizer = new RtpDepacketizer(
            "camera",
            VideoCodec.H264,
            ByteBuffer.wrap(HexFormat.of().parseHex(PARAMETER_SETS)),
            RtpDepacketizer.Recovery.NEXT_IDR);
    private final List<AccessUnit> units = new ArrayList<>();
    private int sequence;

    @BeforeEach
    void begin() throws Exception {
        push(0, true, IDR_FIRST);
        assertThat(units).hasSize(1);
    }

    @Test
    void startCodeInFrontOfANalUnit_isLeftOut() throws Exception {
        push(3000, true, "00000001" + DELTA);
        assertThat(units).hasSize(2);
        assertThat(units.getLast().nalUnits()).extracting(NalUnit::kind).containsExactly(NalKind.SLICE);
    }

    @Test
    void twoNalUnitsInOneFragmentedOne_areTakenApart() throws Exception {
        push(3000, false, "7c8606" + "0000000141");
        push(3000, true, "7c46" + "9affffff");
        assertThat(units).hasSize(2);
        assertThat(units.getLast().nalUnits()).extracting(NalUnit::kind).containsExactly(NalKind.SEI, NalKind.SLICE);
    }

    @Test
    void fragmentWithStartAndEnd_isAWholeNalUnit() throws Exception {
        push(3000, true, "5cc19affffff");
        assertThat(units).hasSize(2);
    }

    @Test
    void noMarkerAtAll_theNextTimeEndsTheFrame() throws Exception {
        push(3000, false, DELTA);
        assertThat(units).hasSize(1);
        push(6000, false, DELTA);
        assertThat(units).hasSize(2);
        assertThat(units.getLast().ptsTicks90k()).isEqualTo(3000);
    }

    @Test
    void markerOnEverySlice_isNotBelievedAnyMore() throws Exception {
        push(3000, true, DELTA);
        push(3000, true, SECOND_SLICE);
        push(6000, true, DELTA);
        push(6000, true, SECOND_SLICE);
        push(9000, true, DELTA);
        assertThat(units.getLast().ptsTicks90k()).isEqualTo(6000);
        assertThat(units.getLast().nalUnits()).hasSize(2);
    }

    @Test
    void timeThatJumpsBack_goesOnFromThere() throws Exception {
        push(90_000, true, DELTA);
        push(1000, true, DELTA);
        push(4000, true, DELTA);
        assertThat(units).hasSize(4);
        assertThat(units.getLast().ptsTicks90k() - units.get(2).ptsTicks90k()).isEqualTo(3000);
    }

    @Test
    void emptyNalUnitsAndFillingInAnAggregate_areSkipped() throws Exception {
        push(3000, true, "78" + "0005" + DELTA + "0000" + "00");
        assertThat(units).hasSize(2);
    }

    @Test
    void timeThatWraps_goesOn() throws Exception {
        push(0x7fff_ffff, true, DELTA);
        push(0xffff_fff0, true, DELTA);
        push(0x10, true, DELTA);
        assertThat(units.getLast().ptsTicks90k()).isEqualTo(0x1_0000_0010L);
    }

    private void push(int timestamp, boolean marker, String payload) throws Exception {
        var bytes = ByteBuffer.wrap(HexFormat.of().parseHex(payload));
        var packet = new RtpPacket(marker, 96, sequence++, timestamp, 7, bytes);
        units.addAll(depacketizer.push(packet));
    }
}
