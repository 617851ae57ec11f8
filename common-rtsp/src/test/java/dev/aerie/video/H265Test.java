package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class H265Test {

    private static final FrameStamp STAMP = new FrameStamp(
            new FrameId("drone", new Ulid(0, 2).toString(), 3), 1_763_712_000_123_456_789L, CaptureClock.SENDER);

    /// Main profile, level 1, progressive, as x265 wrote it: 100 × 72 is cropped from 104 × 72.
    @Test
    void sps_ofX265_hasSizeAfterCroppingRateReorderingAndCodecName() throws Exception {
        var sps = Sps.in(Clips.unitsOf(Clips.openGroups()).getFirst()).orElseThrow();

        assertThat(sps.size()).isEqualTo(new FrameSize(100, 72));
        assertThat(sps.framesPerSecond()).hasValue(25);
        assertThat(sps.reorderFrames()).hasValue(2);
        assertThat(sps.codec()).isEqualTo("hvc1.1.6.L30.90");
        assertThat(Sps.in(Clips.unitsOf(Clips.h265Delimiters()).getFirst()).orElseThrow())
                .satisfies(other -> assertThat(other.size()).isEqualTo(new FrameSize(96, 80)))
                .satisfies(other -> assertThat(other.framesPerSecond()).hasValue(30))
                .satisfies(other -> assertThat(other.reorderFrames()).hasValue(0));
    }

    @Test
    void push_openGroups_areUnitsOfTwoSlicesThatBeginAtIdrAndCra() throws Exception {
        var units = Clips.unitsOf(Clips.openGroups());

        assertThat(units).hasSize(24).allSatisfy(unit -> {
            assertThat(unit.codec()).isEqualTo(VideoCodec.H265);
            assertThat(unit.nalUnits().stream().filter(NalUnit::isSlice)).hasSize(2);
        });
        assertThat(positions(units, true)).containsExactly(0, 5, 13);
        assertThat(positions(units, false)).containsExactly(6, 7, 8, 14, 15, 16);
        assertThat(units.get(5).nalUnits())
                .extracting(NalUnit::kind)
                .startsWith(NalKind.VPS, NalKind.SPS, NalKind.PPS, NalKind.IDR_SLICE);
    }

    @ParameterizedTest
    @EnumSource(AccessUnitBoundary.class)
    void push_piecesOfAnySize_giveTheSameUnits(AccessUnitBoundary boundary) throws Exception {
        var random = new Random(boundary.name().hashCode());
        for (byte[] clip : List.of(Clips.openGroups(), Clips.h265Delimiters())) {
            var expected = Clips.unitsOf(clip);
            var assembler = new AccessUnitAssembler("drone", Clips.MAX_UNIT_BYTES, boundary);
            var units = new ArrayList<AccessUnit>();
            if (boundary == AccessUnitBoundary.CHUNK_END) {
                for (AccessUnit unit : expected) {
                    units.addAll(assembler.push(unit.annexB(), 0));
                }
            } else {
                for (int from = 0; from < clip.length; ) {
                    int size = Math.min(1 + random.nextInt(40), clip.length - from);
                    units.addAll(assembler.push(ByteBuffer.wrap(clip, from, size), 0));
                    from += size;
                }
                units.addAll(assembler.flush());
            }
            assertThat(units)
                    .extracting(AccessUnit::annexB)
                    .isEqualTo(expected.stream().map(AccessUnit::annexB).toList());
            assertThat(assembler.droppedBytes() + assembler.droppedNalUnits()).isZero();
        }
    }

    @Test
    void push_joinedInMidGroup_isRecognizedAtTheNextParameterSets() throws Exception {
        var clip = Clips.unitsOf(Clips.openGroups());
        var assembler = new AccessUnitAssembler("drone", Clips.MAX_UNIT_BYTES, AccessUnitBoundary.CHUNK_END);
        var units = new ArrayList<AccessUnit>();
        for (AccessUnit unit : clip.subList(2, 24)) {
            units.addAll(assembler.push(unit.annexB(), 0));
        }
        int first = IntStream.range(0, units.size())
                .filter(i -> units.get(i).isIdr())
                .findFirst()
                .orElseThrow();
        assertThat(units.subList(first, units.size()))
                .extracting(AccessUnit::annexB)
                .isEqualTo(clip.subList(5, 24).stream().map(AccessUnit::annexB).toList());
    }

    @Test
    void push_parameterSetsOnce_areRepeatedInFrontOfEveryIdrFrame() throws Exception {
        var once = new ByteArrayOutputStream();
        boolean sawSlice = false;
        for (NalUnit nal : NalUnit.split(VideoCodec.H265, Clips.openGroups())) {
            sawSlice |= nal.isSlice();
            if (!sawSlice || !nal.kind().isParameterSet()) {
                once.writeBytes(NalUnit.join(List.of(nal)));
            }
        }

        assertThat(Clips.unitsOf(once.toByteArray()))
                .extracting(AccessUnit::annexB)
                .isEqualTo(Clips.unitsOf(Clips.openGroups()).stream()
                        .map(AccessUnit::annexB)
                        .toList());
    }

    @Test
    void push_otherCodecThanAnnounced_isRefusedByName() {
        assertThatThrownBy(() -> announced(VideoCodec.H264).push(ByteBuffer.wrap(Clips.openGroups()), 0))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessage("this is H.265, expected H.264 in Annex-B form");
        assertThatThrownBy(() -> announced(VideoCodec.H265).push(ByteBuffer.wrap(Clips.delimiters()), 0))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessage("this is H.264, expected H.265 in Annex-B form");
    }

    /// Truncated in front of both IDR frames: no player could show any of it.
    @ParameterizedTest
    @CsvSource({"VPS, VPS ends early (H.265", "SPS, SPS ends early (H.265", "PPS, PPS ends early (H.265"})
    void push_truncatedParameterSet_isRefusedWithTheReason(NalKind kind, String reason) {
        var torn = new ArrayList<NalUnit>();
        for (NalUnit nal : NalUnit.split(VideoCodec.H265, Clips.h265Delimiters())) {
            torn.add(nal.kind() == kind ? cut(nal, kind == NalKind.PPS ? 2 : 8) : nal);
        }

        assertThatThrownBy(() -> Clips.unitsOf(NalUnit.join(torn)))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining("no frame can be decoded: " + reason);
    }

    /// Of main profile with one layer: id 0, 4:2:0, then the size.
    @ParameterizedTest
    @CsvSource({
        "0, 64, coded frames of 0 × 64 pixels",
        "64, 0, coded frames of 64 × 0 pixels",
        "8200, 8, coded frames of 8200 × 8 pixels",
        "8192, 4096, coded frames of 8192 × 4096 pixels",
        "4294967290, 4294967290, coded frames of 4294967290 × 4294967290 pixels",
    })
    void parse_impossibleSize_isRefused(long width, long height, String reason) {
        var nal = sized(width, height);

        assertThatThrownBy(() -> Sps.parse(nal))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void parse_tornAnywhere_isReadOrRefused() throws Exception {
        var nal = Clips.unitsOf(Clips.openGroups()).getFirst().nalUnits().get(1);
        TornSps.isReadOrRefused(VideoCodec.H265, 0x4201, nal.rbsp());
    }

    /// The prefix SEI stands in front of the first slice and has its temporal id.
    @Test
    void withStamp_anyUnit_isFoundAgainAndChangesNothingElse() throws Exception {
        for (AccessUnit unit : Clips.unitsOf(Clips.openGroups())) {
            var stamped = unit.withStamp(STAMP);

            assertThat(FrameStampSei.find("drone", stamped.nalUnits())).contains(STAMP);
            var others = new ArrayList<>(stamped.nalUnits());
            int at = IntStream.range(0, others.size())
                    .filter(i -> others.get(i).kind() == NalKind.SEI)
                    .findFirst()
                    .orElseThrow();
            assertThat(others.get(at + 1).isSlice()).isTrue();
            assertThat(others.get(at).header() & 7).isEqualTo(others.get(at + 1).header() & 7);
            others.remove(at);
            assertThat(others)
                    .extracting(NalUnit::bytes)
                    .isEqualTo(unit.nalUnits().stream().map(NalUnit::bytes).toList());
            assertThat(stamped.withStamp(STAMP).annexB()).isEqualTo(stamped.annexB());
        }
    }

    @Test
    void decodingStart_atACraFrame_leavesOutWhatRefersBehindIt() throws Exception {
        var units = Clips.unitsOf(Clips.openGroups());
        var start = new DecodingStart();
        var admitted = IntStream.range(2, 24)
                .filter(i -> start.admits(units.get(i)))
                .boxed()
                .toList();

        assertThat(admitted).startsWith(5, 9, 10).contains(14, 15, 16).hasSize(24 - 5 - 3);
    }

    /// Those that are shown in front of their CRA frame too: their times are not the question, their slices are.
    private static List<Integer> positions(List<AccessUnit> units, boolean idr) {
        return IntStream.range(0, units.size())
                .filter(i -> idr ? units.get(i).isIdr() : units.get(i).refersBehindIdr())
                .boxed()
                .toList();
    }

    private static AccessUnitAssembler announced(VideoCodec codec) {
        return new AccessUnitAssembler("drone", Clips.MAX_UNIT_BYTES, AccessUnitBoundary.NEXT_UNIT, Optional.of(codec));
    }

    private static NalUnit cut(NalUnit nal, int sizeBytes) {
        var bytes = new byte[sizeBytes];
        nal.bytes().get(bytes);
        bytes[sizeBytes - 1] |= (byte) (sizeBytes == 2 ? 0 : 1); // a NAL unit does not end in zero
        return new NalUnit(VideoCodec.H265, bytes, 0, sizeBytes);
    }

    private static NalUnit sized(long width, long height) {
        var bits = new StringBuilder("0000" + "000" + "1"); // VPS 0, one temporal layer, nested
        bits.append("00000001").append("01100000").append("0".repeat(24)); // main profile
        bits.append("1001").append("0".repeat(44)).append("00011110"); // progressive frames, level 1
        bits.append("1")
                .append("010")
                .append(golomb(width))
                .append(golomb(height))
                .append("0");
        bits.append("1".repeat(40));
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        var hex = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 8) {
            hex.append("%02x".formatted(Integer.parseInt(bits.substring(i, i + 8), 2)));
        }
        return NalUnit.of(VideoCodec.H265, 0x4201, HexFormat.of().parseHex(hex));
    }

    private static String golomb(long value) {
        String bits = Long.toBinaryString(value + 1);
        return "0".repeat(bits.length() - 1) + bits;
    }
}
