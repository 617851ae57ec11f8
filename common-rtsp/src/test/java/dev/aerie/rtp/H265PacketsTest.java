package dev.aerie.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.Clips;
import dev.aerie.video.NalKind;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 7798: packets written by hand here, so that the reader is not tested by its own writer.
final class H265PacketsTest {

    private static final int AP = 48 << 1;
    private static final int FU = 49 << 1;

    private final RtpDepacketizer depacketizer =
            new RtpDepacketizer("camera", VideoCodec.H265, ByteBuffer.allocate(0), RtpDepacketizer.Recovery.NEXT_IDR);
    private final List<AccessUnit> units = new ArrayList<>();
    private int sequence = 65_530;

    @Test
    void aggregateOfParameterSets_thenSingleNalUnits_areOneUnit() throws Exception {
        var idr = Clips.unitsOf(Clips.openGroups()).getFirst();
        var sets = ByteBuffer.allocate(1500).put((byte) AP).put((byte) 1);
        idr.nalUnits().stream()
                .filter(nal -> nal.kind().isParameterSet())
                .forEach(nal -> sets.putShort((short) nal.sizeBytes()).put(nal.bytes()));
        push(0, false, sets.flip());
        var slices = idr.nalUnits().stream().filter(NalUnit::isSlice).toList();
        push(0, false, slices.getFirst().bytes());
        push(0, true, slices.getLast().bytes());

        assertThat(units).extracting(AccessUnit::annexB).containsExactly(idr.annexB());
        assertThat(units.getFirst().isIdr()).isTrue();
    }

    @Test
    void fragments_ofEveryNalUnit_areTheClip() throws Exception {
        var clip = Clips.unitsOf(Clips.openGroups());
        for (int i = 0; i < clip.size(); i++) {
            send(clip.get(i), 3600 * i, 7, false);
        }

        assertThat(units)
                .extracting(AccessUnit::annexB)
                .isEqualTo(clip.stream().map(AccessUnit::annexB).toList());
        assertThat(units.get(23).ptsTicks90k() - units.getFirst().ptsTicks90k()).isEqualTo(23 * 3600);
    }

    @Test
    void lostFragment_dropsUpToTheNextCraFrameAndItsRaslFrames() throws Exception {
        var clip = Clips.unitsOf(Clips.openGroups());
        for (int i = 0; i < clip.size(); i++) {
            send(clip.get(i), 3600 * i, 7, i == 2);
        }

        var expected = new ArrayList<>(clip.subList(0, 2));
        expected.add(clip.get(5));
        expected.addAll(clip.subList(9, 24));
        assertThat(units)
                .extracting(AccessUnit::annexB)
                .isEqualTo(expected.stream().map(AccessUnit::annexB).toList());
        assertThat(depacketizer.droppedUnits()).isEqualTo(6);
    }

    @Test
    void payloadsThatAreNone_areRefusedByName() {
        assertThatThrownBy(() -> push(0, true, hex("6401ffff")))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("payload type 50 (RFC 7798)");
        assertThatThrownBy(() -> push(0, true, hex("60010009ff")))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("a NAL unit of 9 bytes exceeds the packet");
        assertThatThrownBy(() -> push(0, true, hex("6201")))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("fragment of 2 bytes");
        assertThatThrownBy(() -> push(0, true, hex("26"))).isInstanceOf(MalformedPacketException.class);
        assertThat(units).isEmpty();
    }

    /// - `losesOne`: leaves out one fragment of its last NAL unit
    private void send(AccessUnit unit, int timestamp, int fragmentBytes, boolean losesOne) throws Exception {
        var nals = unit.nalUnits().stream()
                .filter(nal -> nal.kind() != NalKind.DELIMITER)
                .toList();
        for (int i = 0; i < nals.size(); i++) {
            var bytes = nals.get(i).bytes();
            int header = bytes.getShort() & 0xffff;
            int type = header >>> 9 & 0x3f;
            for (int start = 0x80; bytes.hasRemaining(); start = 0) {
                int count = Math.min(fragmentBytes, bytes.remaining());
                boolean isLast = count == bytes.remaining();
                var payload = ByteBuffer.allocate(3 + count)
                        .put((byte) (FU | (header >>> 8 & 0x81)))
                        .put((byte) header)
                        .put((byte) (start | (isLast ? 0x40 : 0) | type))
                        .put(bytes.slice(bytes.position(), count));
                bytes.position(bytes.position() + count);
                if (losesOne && isLast && i == nals.size() - 1) {
                    sequence++;
                } else {
                    push(timestamp, isLast && i == nals.size() - 1, payload.flip());
                }
            }
        }
    }

    private void push(int timestamp, boolean marker, ByteBuffer payload) throws Exception {
        var packet = new RtpPacket(marker, 96, sequence++ & 0xffff, timestamp, 7, payload.slice());
        units.addAll(depacketizer.push(packet));
    }

    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text));
    }
}
