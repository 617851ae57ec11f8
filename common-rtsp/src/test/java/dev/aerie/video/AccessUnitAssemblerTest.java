package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessUnitAssemblerTest {

    @Test
    void push_slicesAndBFrames_makesOneUnitPerFrame() throws Exception {
        var units = Clips.unitsOf(Clips.slicesAndBFrames());

        assertThat(units).hasSize(24);
        assertThat(units).filteredOn(AccessUnit::isIdr).hasSize(2);
        assertThat(units)
                .allSatisfy(unit -> assertThat(unit.nalUnits().stream().filter(NalUnit::isSlice))
                        .hasSize(3));
    }

    @Test
    void push_delimiters_makesOneUnitPerFrame() throws Exception {
        var units = Clips.unitsOf(Clips.delimiters());

        assertThat(units).hasSize(20);
        assertThat(units)
                .allSatisfy(
                        unit -> assertThat(unit.nalUnits().getFirst().type()).isEqualTo(9));
    }

    @Test
    void push_wholeStream_losesAndAddsNoNalUnit() throws Exception {
        byte[] clip = Clips.slicesAndBFrames();

        byte[] joined = concatenate(Clips.unitsOf(clip));

        assertThat(joined).isEqualTo(NalUnit.join(NalUnit.split(VideoCodec.H264, clip)));
    }

    @Test
    void push_cutInTwoAtEveryByte_makesTheSameUnits() throws Exception {
        byte[] clip = Arrays.copyOf(Clips.delimiters(), 1500);
        var whole = textOf(Clips.unitsOf(clip));

        for (int cut = 0; cut <= clip.length; cut++) {
            assertThat(textOf(assemble(clip, cut, clip.length)))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
    }

    @Test
    void push_chunksOfRandomSizes_makesTheSameUnits() throws Exception {
        byte[] clip = Clips.slicesAndBFrames();
        var whole = textOf(Clips.unitsOf(clip));

        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int max = 1 + random.nextInt(400);
            assertThat(textOf(assemble(clip, random.ints(1, max + 1).iterator()::nextInt)))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void push_firstBytesOfTheNextFrame_completesTheOneBefore() throws Exception {
        byte[] clip = Clips.slicesAndBFrames();
        var units = Clips.unitsOf(clip);
        int secondFrame = units.get(0).sizeBytes();
        byte[] joined = concatenate(units);
        var assembler = assembler(AccessUnitBoundary.NEXT_UNIT);

        assertThat(assembler.push(ByteBuffer.wrap(joined, 0, secondFrame + 5), 0))
                .isEmpty();
        assertThat(assembler.push(ByteBuffer.wrap(joined, secondFrame + 5, 8), 0))
                .hasSize(1);
    }

    @Test
    void push_delimiterBehindTheFrame_completesItAtOnce() throws Exception {
        var unit = Clips.unitsOf(Clips.slicesAndBFrames()).getFirst();
        var assembler = assembler(AccessUnitBoundary.NEXT_UNIT);

        assertThat(assembler.push(unit.annexB(), 0)).isEmpty();
        assertThat(assembler.push(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 9, (byte) 0xf0}), 0))
                .hasSize(1);
    }

    @Test
    void push_senderDelimits_completesUnitsAtOnce() throws Exception {
        var units = Clips.unitsOf(Clips.slicesAndBFrames());
        var assembler = assembler(AccessUnitBoundary.CHUNK_END);

        for (AccessUnit unit : units) {
            assertThat(assembler.push(unit.annexB(), 0)).hasSize(1);
        }
    }

    @Test
    void push_senderOfWholeUnits_isLearnt() throws Exception {
        var units = Clips.unitsOf(Clips.slicesAndBFrames());
        var assembler = assembler(AccessUnitBoundary.LEARN);
        var counts = new ArrayList<Integer>();

        for (AccessUnit unit : units) {
            counts.add(assembler.push(unit.annexB(), 0).size());
        }

        assertThat(counts.getFirst()).isZero();
        assertThat(counts.subList(12, 24)).containsOnly(1);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(24);
    }

    @Test
    void push_chunksThatEndAnywhere_areNotTakenForUnits() throws Exception {
        byte[] clip = Clips.slicesAndBFrames();
        var whole = textOf(Clips.unitsOf(clip));
        var assembler = assembler(AccessUnitBoundary.LEARN);

        assertThat(textOf(push(assembler, clip, () -> 97))).isEqualTo(whole);
    }

    @Test
    void push_senderBreaksItsHabit_losesAtMostOneFrame() throws Exception {
        var units = Clips.unitsOf(Clips.slicesAndBFrames());
        var assembler = assembler(AccessUnitBoundary.LEARN);
        var out = new ArrayList<AccessUnit>();
        for (AccessUnit unit : units.subList(0, 14)) {
            out.addAll(assembler.push(unit.annexB(), 0));
        }
        byte[] rest = concatenate(units.subList(14, 24));
        out.addAll(push(assembler, rest, () -> 61));

        assertThat(textOf(out).subList(0, 14)).isEqualTo(textOf(units.subList(0, 14)));
        assertThat(textOf(out).subList(out.size() - 9, out.size())).isEqualTo(textOf(units.subList(15, 24)));
    }

    @Test
    void push_idrWithoutParameterSets_getsTheLatest() throws Exception {
        byte[] clip = withoutLaterParameterSets(Clips.delimiters());

        var units = Clips.unitsOf(clip);

        assertThat(units).hasSize(20);
        assertThat(units.get(10).isIdr()).isTrue();
        assertThat(units.get(10).nalUnits().stream().map(NalUnit::type)).startsWith(9, 7, 8);
    }

    @Test
    void push_garbageBeforeTheFirstStartCode_isDroppedAndCounted() throws Exception {
        var assembler = assembler(AccessUnitBoundary.NEXT_UNIT);
        var garbage = "hello, this is no video".getBytes(StandardCharsets.US_ASCII);
        var stream = ByteBuffer.allocate(garbage.length + Clips.delimiters().length)
                .put(garbage)
                .put(Clips.delimiters());

        var units = new ArrayList<>(assembler.push(stream.flip(), 0));
        units.addAll(assembler.flush());

        assertThat(units).hasSize(20);
        assertThat(assembler.droppedBytes()).isEqualTo(garbage.length);
    }

    @Test
    void push_givesEachUnitTheTimeOfTheChunkItBeganIn() throws Exception {
        var units = Clips.unitsOf(Clips.slicesAndBFrames());
        var assembler = assembler(AccessUnitBoundary.NEXT_UNIT);
        var times = new ArrayList<Long>();

        for (int i = 0; i < units.size(); i++) {
            assembler.push(units.get(i).annexB(), 3000L * i).forEach(unit -> times.add(unit.ptsTicks90k()));
        }

        assertThat(times).startsWith(0L, 3000L, 6000L).hasSize(23);
    }

    @Test
    void push_delimiterWithAnEarlierTime_leavesTheFrameItsOwn() throws Exception {
        var unit = Clips.unitsOf(Clips.slicesAndBFrames()).getFirst();
        var assembler = assembler(AccessUnitBoundary.NEXT_UNIT);

        assembler.push(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 9, (byte) 0xf0}), 100);
        assembler.push(unit.annexB(), 200);

        assertThat(assembler.flush().getFirst().ptsTicks90k()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "0000002066747970 69736f6d00000200, an MP4 file",
        "1a45dfa3a3428681 0142f78101420000, Matroska",
        "ffd8ffe000104a46 494600010100, JPEG",
        "000001b3 14 00f0 23ffffe018000001b5, MPEG-2"
    })
    void push_otherFormats_areNamed(String hex, String name) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> assembler(AccessUnitBoundary.NEXT_UNIT).push(ByteBuffer.wrap(bytes), 0))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining(name);
    }

    @Test
    void push_noStartCode_isRefusedAfter64Kilobytes() {
        var text = "no video at all. ".repeat(5000).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> assemble(text, text.length, text.length))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining("no start code (00 00 01) of H.264 or H.265");
    }

    @Test
    void push_nonsenseNalUnits_areRefused() {
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            stream.writeBytes(new byte[] {0, 0, 1, (byte) 0xe0, 5, 6, 7});
        }

        assertThatThrownBy(() -> assembler(AccessUnitBoundary.NEXT_UNIT).push(ByteBuffer.wrap(stream.toByteArray()), 0))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining("forbidden bit");
    }

    @Test
    void push_unitTooLarge_isRefused() {
        var assembler = new AccessUnitAssembler("drone", 10_000, AccessUnitBoundary.NEXT_UNIT);
        var stream = new byte[200_000];
        Arrays.fill(stream, (byte) 0x55);
        stream[0] = 0;
        stream[1] = 0;
        stream[2] = 1;
        stream[3] = 0x65;

        assertThatThrownBy(() -> assembler.push(ByteBuffer.wrap(stream), 0))
                .isInstanceOf(MalformedVideoException.class)
                .hasMessageContaining("larger than 10000 bytes");
        assertThat(assembler.pendingBytes()).isLessThan(10_000 + (64 << 10) + 1);
    }

    private static AccessUnitAssembler assembler(AccessUnitBoundary accessUnitBoundary) {
        return new AccessUnitAssembler("drone", Clips.MAX_UNIT_BYTES, accessUnitBoundary);
    }

    private static List<AccessUnit> assemble(byte[] stream, int... ends) throws MalformedVideoException {
        var assembler = assembler(AccessUnitBoundary.NEXT_UNIT);
        var units = new ArrayList<AccessUnit>();
        int from = 0;
        for (int end : ends) {
            units.addAll(assembler.push(ByteBuffer.wrap(stream, from, end - from), 0));
            from = end;
        }
        units.addAll(assembler.flush());
        return units;
    }

    private interface Sizes {
        int next();
    }

    private static List<AccessUnit> assemble(byte[] stream, Sizes sizes) throws MalformedVideoException {
        return push(assembler(AccessUnitBoundary.NEXT_UNIT), stream, sizes);
    }

    private static List<AccessUnit> push(AccessUnitAssembler assembler, byte[] stream, Sizes sizes)
            throws MalformedVideoException {
        var units = new ArrayList<AccessUnit>();
        int from = 0;
        while (from < stream.length) {
            int size = Math.min(sizes.next(), stream.length - from);
            units.addAll(assembler.push(ByteBuffer.wrap(stream, from, size), 0));
            from += size;
        }
        units.addAll(assembler.flush());
        return units;
    }

    private static byte[] withoutLaterParameterSets(byte[] clip) {
        var kept = new ArrayList<NalUnit>();
        boolean sawSlice = false;
        for (NalUnit unit : NalUnit.split(VideoCodec.H264, clip)) {
            boolean parameterSet = unit.kind().isParameterSet();
            if (!sawSlice || !parameterSet) {
                kept.add(unit);
            }
            sawSlice |= unit.isSlice();
        }
        return NalUnit.join(kept);
    }

    private static byte[] concatenate(List<AccessUnit> units) {
        var all = new ByteArrayOutputStream();
        for (AccessUnit unit : units) {
            var bytes = new byte[unit.sizeBytes()];
            unit.annexB().get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static List<String> textOf(List<AccessUnit> units) {
        return units.stream()
                .map(unit -> HexFormat.of().formatHex(concatenate(List.of(unit))) + unit.isIdr())
                .toList();
    }
}
