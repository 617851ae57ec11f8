package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MemoryBankTest {

    private static final Geometry SMALL = new Geometry(16, 1, MemoryFormat.FLOAT32);
    private static final int MAX_CONDITIONING = 2;

    @Test
    void select_afterManyFrames_isSixMemoriesAndFifteenPointersPlusThePrompt() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            follow(bank, 7, 0, 40);
            MemorySelection memorySelection = bank.select(7, 41);
            assertThat(memorySelection.memories())
                    .extracting(MemoryEntry::time)
                    .containsExactly(0L, 35L, 36L, 37L, 38L, 39L, 40L);
            assertThat(memorySelection.memories())
                    .extracting(memorySelection::row)
                    .containsExactly(6L, 5L, 4L, 3L, 2L, 1L, 0L);
            assertThat(memorySelection.pointers())
                    .extracting(MemoryEntry::time)
                    .containsExactlyElementsOf(LongStream.concat(
                                    LongStream.of(0),
                                    LongStream.rangeClosed(1, 15).map(age -> 41 - age))
                            .boxed()
                            .toList());
            assertThat(memorySelection.age(memorySelection.pointers().get(1))).isEqualTo(1 / 15f);
        }
    }

    @Test
    void select_ofTheLatestPatternOnceMore_isWhatItWasAtFirst() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            follow(bank, 7, 0, 40);
            assertThat(loaded(bank, 7, 40)).containsExactly(0L, 34L, 35L, 36L, 37L, 38L, 39L);
            remember(bank, 7, 40, true);
            assertThat(loaded(bank, 7, 41)).containsExactly(0L, 40L, 35L, 36L, 37L, 38L, 39L);
        }
    }

    @Test
    void remember_promptsOfRandomPastFrames_memoriesAreThoseOfTheirFrames() {
        var random = new SplittableRandom(7);
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            remember(bank, 7, 0, true);
            for (long now = 1; now < 3000; now++) {
                remember(bank, 7, now, random.nextInt(9) == 0);
                for (int prompts = random.nextInt(3); prompts > 0; prompts--) {
                    long gone = Math.max(0, now - random.nextInt(25));
                    assertThat(loaded(bank, 7, gone)).allMatch(time -> time < gone);
                    remember(bank, 7, gone, true);
                }
                assertThat(loaded(bank, 7, now + 1)).isNotEmpty().hasSizeLessThanOrEqualTo(8);
            }
        }
    }

    @Test
    void select_leftOutFrame_isNotPadded() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            remember(bank, 7, 0, true);
            remember(bank, 7, 1, false);
            remember(bank, 7, 3, false);
            MemorySelection memorySelection = bank.select(7, 4);
            assertThat(memorySelection.memories())
                    .extracting(memorySelection::row)
                    .containsExactly(6L, 2L, 0L);
        }
    }

    @Test
    void remember_moreConditioningThanAllowed_oldestBecomesATrackedFrame() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            for (long time = 0; time <= MAX_CONDITIONING; time++) {
                remember(bank, 7, time, true);
            }
            MemorySelection memorySelection = bank.select(7, MAX_CONDITIONING + 1L);
            assertThat(memorySelection.memories()).extracting(MemoryEntry::time).containsExactly(1L, 2L, 0L);
            assertThat(memorySelection.memories())
                    .extracting(memorySelection::row)
                    .containsExactly(6L, 6L, 2L);
        }
    }

    @Test
    void remember_correctionOfSameFrame_takesItsPlace() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            remember(bank, 7, 0, true);
            remember(bank, 7, 1, false);
            bank.of(7).remember(1, true, filled(SMALL.memoryElements(), 5), filled(Geometry.POINTER_CHANNELS, 5));
            MemorySelection memorySelection = bank.select(7, 2);
            assertThat(memorySelection.memories()).extracting(MemoryEntry::time).containsExactly(0L, 1L);
            assertThat(memorySelection.memories()).allMatch(MemoryEntry::conditioning);
            assertThat(bank.of(7).pointer(memorySelection.pointers().get(1))).containsOnly(5);
        }
    }

    @Test
    void remember_anyNumberOfFramesAndObjects_holdsNoMoreThanItsBound() {
        try (var bank = new MemoryBank(SMALL, 3, MAX_CONDITIONING)) {
            for (long object = 0; object < 100; object++) {
                follow(bank, object, object * 50, object * 50 + 40);
                if (object >= 2) {
                    bank.remove(object - 2);
                }
                assertThat(bank.heldBytes()).isLessThanOrEqualTo(bank.maxBytes());
            }
            assertThat(bank.heldBytes()).isEqualTo(bank.maxBytes());
            assertThat(bank.objects()).containsExactly(98L, 99L);
            assertThat(bank.select(99, 4991).memories()).hasSize(7);
        }
    }

    @Test
    void of_blockOfAnObjectThatWent_rememberNothingOfIt() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            follow(bank, 1, 0, 20);
            bank.remove(1);
            remember(bank, 2, 21, true);
            assertThat(bank.select(2, 22).memories())
                    .extracting(MemoryEntry::time)
                    .containsExactly(21L);
        }
    }

    @Test
    void of_fullBank_refuses() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            remember(bank, 1, 0, true);
            assertThatIllegalStateException().isThrownBy(() -> bank.of(2)).withMessageContaining("1 objects");
        }
    }

    @Test
    void loadMemory_float32_isWhatWasStored() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING)) {
            remember(bank, 1, 3, true);
            var loaded = FloatBuffer.allocate(SMALL.memoryElements());
            bank.of(1).loadMemory(bank.select(1, 4).memories().getFirst(), loaded);
            assertThat(loaded.array()).containsOnly(3);
        }
    }

    /// The frames whose memories are attended to at `time`, as the memories themselves say.
    private static List<Long> loaded(MemoryBank bank, long object, long time) {
        var times = new ArrayList<Long>();
        for (MemoryEntry entry : bank.select(object, time).memories()) {
            var loaded = FloatBuffer.allocate(SMALL.memoryElements());
            bank.of(object).loadMemory(entry, loaded);
            assertThat(loaded.array()).containsOnly((float) entry.time());
            times.add(entry.time());
        }
        return times;
    }

    private static void follow(MemoryBank bank, long object, long from, long to) {
        remember(bank, object, from, true);
        for (long time = from + 1; time <= to; time++) {
            remember(bank, object, time, false);
        }
    }

    private static void remember(MemoryBank bank, long object, long time, boolean conditioning) {
        FloatBuffer memory = filled(SMALL.memoryElements(), time);
        bank.of(object).remember(time, conditioning, memory, filled(Geometry.POINTER_CHANNELS, time));
    }

    private static FloatBuffer filled(int elements, long value) {
        var buffer = FloatBuffer.allocate(elements);
        while (buffer.hasRemaining()) {
            buffer.put((float) value);
        }
        return buffer.flip();
    }
}
