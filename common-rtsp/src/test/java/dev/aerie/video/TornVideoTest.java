package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Mutated chunks, from seeds: whatever comes in, the assembler answers with units or a reason, in bounded memory.
@Timeout(60)
final class TornVideoTest {

    private static final int CHUNKS = 35_000;
    private static final int MAX_UNIT_BYTES = 32 << 10;
    private static final int BUFFERED_PIECE_BYTES = 64 << 10;

    @ParameterizedTest
    @EnumSource(AccessUnitBoundary.class)
    void push_mutatedChunks_neitherFailsNorGrows(AccessUnitBoundary accessUnitBoundary) throws Exception {
        var random = new Random(accessUnitBoundary.name().hashCode());
        var units = new ArrayList<>(Clips.unitsOf(Clips.slicesAndBFrames()));
        units.addAll(Clips.unitsOf(Clips.delimiters()));
        var assembler = new AccessUnitAssembler("drone", MAX_UNIT_BYTES, accessUnitBoundary);
        int made = 0;
        int refused = 0;
        for (int i = 0; i < CHUNKS; i++) {
            byte[] chunk = mutated(units.get(random.nextInt(units.size())), random);
            try {
                var out = assembler.push(ByteBuffer.wrap(chunk), i);
                made += out.size();
                checkInvariants(out, i);
            } catch (MalformedVideoException _) {
                refused++;
                assembler = new AccessUnitAssembler("drone", MAX_UNIT_BYTES, accessUnitBoundary);
            }
            assertThat(assembler.pendingBytes()).isLessThanOrEqualTo(2 * MAX_UNIT_BYTES + BUFFERED_PIECE_BYTES);
        }

        assertThat(made).isGreaterThan(CHUNKS / 10);
        assertThat(refused).isLessThan(CHUNKS / 10);
    }

    @Test
    void push_untouchedStreamAfterTornOne_isWholeAgainFromTheNextIdr() throws Exception {
        var random = new Random(9);
        var clip = Clips.unitsOf(Clips.delimiters());
        var assembler = new AccessUnitAssembler("drone", MAX_UNIT_BYTES, AccessUnitBoundary.NEXT_UNIT);
        for (int i = 0; i < 10; i++) {
            assembler.push(ByteBuffer.wrap(mutated(clip.get(i), random)), 0);
        }
        var out = new ArrayList<AccessUnit>();
        for (AccessUnit unit : clip.subList(10, 20)) {
            out.addAll(assembler.push(unit.annexB(), 0));
        }
        out.addAll(assembler.flush());

        for (int i = 0; i < 10; i++) {
            assertThat(out.get(out.size() - 10 + i).annexB())
                    .isEqualTo(clip.get(10 + i).annexB());
        }
    }

    private static void checkInvariants(List<AccessUnit> units, int pushed) {
        for (AccessUnit unit : units) {
            assertThat(unit.sizeBytes()).isLessThan(2 * MAX_UNIT_BYTES);
            assertThat(unit.ptsTicks90k()).isBetween(0L, (long) pushed);
            var nals = unit.nalUnits();
            assertThat(nals.stream().anyMatch(NalUnit::isSlice)).isTrue();
            assertThat(nals.stream().anyMatch(NalUnit::hasInvalidHeader)).isFalse();
            assertThat(NalUnit.join(nals)).hasSize(unit.sizeBytes());
        }
    }

    /// One to four of: bit flips, a cut end, a cut beginning, a stray start code, a run of zeros, noise, the chunk
    /// twice.
    private static byte[] mutated(AccessUnit unit, Random random) {
        var bytes = new byte[unit.sizeBytes()];
        unit.annexB().get(bytes);
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 8; i--) {
            int at = random.nextInt(bytes.length - 4);
            switch (random.nextInt(8)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 2 -> bytes = Arrays.copyOfRange(bytes, at, bytes.length);
                case 3 -> System.arraycopy(new byte[] {0, 0, 1, (byte) random.nextInt()}, 0, bytes, at, 4);
                case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), (byte) 0);
                case 5 -> bytes[random.nextInt(5)] = (byte) random.nextInt();
                case 6 -> {
                    var noise = new byte[Math.min(bytes.length - at, 1 + random.nextInt(30))];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, bytes, at, noise.length);
                }
                default -> {
                    int length = bytes.length;
                    bytes = Arrays.copyOf(bytes, 2 * length);
                    System.arraycopy(bytes, 0, bytes, length, length);
                }
            }
        }
        return bytes;
    }
}
