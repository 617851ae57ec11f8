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

    private static final Geometry SMALL = new Geometry(16, 1);
    private static final int MAX_CONDITIONING = 2;

    @Test
    void select_afterManyFrames_isSixMemoriesAndFifteenPointersPlusThePrompt() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
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
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
            follow(bank, 7, 0, 40);
            assertThat(loaded(bank, 7, 40)).containsExactly(0L, 34L, 35L, 36L, 37L, 38L, 39L);
            remember(bank, 7, 40, true);
            assertThat(loaded(bank, 7, 41)).containsExactly(0L, 40L, 35L, 36L, 37L, 38L, 39L);
        }
    }

    @Test
    void remember_promptsOfRandomPastFrames_memoriesAreThoseOfTheirFrames() {
        var random = new SplittableRandom(7);
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
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
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
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
    void remember_moreConditioningThanAllowed_firstStaysAndNextBecomesATrackedFrame() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
            for (long time = 0; time <= MAX_CONDITIONING; time++) {
                remember(bank, 7, time, true);
            }
            MemorySelection memorySelection = bank.select(7, MAX_CONDITIONING + 1L);
            assertThat(memorySelection.memories()).extracting(MemoryEntry::time).containsExactly(0L, 2L, 1L);
            assertThat(memorySelection.memories())
                    .extracting(memorySelection::row)
                    .containsExactly(6L, 6L, 1L);
        }
    }

    @Test
    void remember_correctionOfSameFrame_takesItsPlace() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
            remember(bank, 7, 0, true);
            remember(bank, 7, 1, false);
            bank.of(7)
                    .remember(
                            1,
                            MemoryKind.PROMPTED,
                            filled(SMALL.memoryElements(), 5),
                            filled(Geometry.POINTER_CHANNELS, 5));
            MemorySelection memorySelection = bank.select(7, 2);
            assertThat(memorySelection.memories()).extracting(MemoryEntry::time).containsExactly(0L, 1L);
            assertThat(memorySelection.memories()).allMatch(MemoryEntry::conditioning);
            assertThat(bank.of(7).pointer(memorySelection.pointers().get(1)))
                    .isEqualTo(filled(Geometry.POINTER_CHANNELS, 5).array());
        }
    }

    @Test
    void isTrackedInto_framesOfPromptsAndOthers_isTrueOnlyWhereAPromptCorrects() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
            ObjectMemory memory = bank.of(7);
            assertThat(memory.isTrackedInto(3)).isFalse();
            remember(bank, 7, 3, true);
            assertThat(memory.isTrackedInto(2)).isFalse();
            assertThat(memory.isTrackedInto(3)).isFalse();
            assertThat(memory.isTrackedInto(4)).isTrue();
            remember(bank, 7, 4, false);
            assertThat(memory.isTrackedInto(4)).isTrue();
        }
    }

    @Test
    void remember_anyNumberOfFramesAndObjects_holdsNoMoreThanItsBound() {
        try (var bank = new MemoryBank(SMALL, 3, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
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
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
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
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
            remember(bank, 1, 0, true);
            assertThatIllegalStateException().isThrownBy(() -> bank.of(2)).withMessageContaining("1 objects");
        }
    }

    @Test
    void loadMemory_stored_isWhatWasStored() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.ALL)) {
            remember(bank, 1, 3, true);
            var loaded = FloatBuffer.allocate(SMALL.memoryElements());
            bank.of(1).loadMemory(bank.select(1, 4).memories().getFirst(), loaded);
            assertThat(loaded.array())
                    .isEqualTo(filled(SMALL.memoryElements(), 3).array());
        }
    }

    @Test
    void select_selectiveAfterFramesThatWereNotRemembered_isTheLastSixOnesInOrder() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.SELECTIVE)) {
            follow(bank, 7, 0, 10);
            for (long time = 11; time <= 60; time++) {
                bank.of(7).rememberPointer(time, filled(Geometry.POINTER_CHANNELS, time));
            }
            remember(bank, 7, 61, false);
            MemorySelection memorySelection = bank.select(7, 62);
            assertThat(memorySelection.memories())
                    .extracting(MemoryEntry::time)
                    .containsExactly(0L, 6L, 7L, 8L, 9L, 10L, 61L);
            assertThat(memorySelection.memories())
                    .extracting(memorySelection::row)
                    .containsExactly(6L, 5L, 4L, 3L, 2L, 1L, 0L);
            assertThat(memorySelection.pointers())
                    .extracting(MemoryEntry::time)
                    .startsWith(0L, 61L, 60L)
                    .hasSize(16);
        }
    }

    @Test
    void select_passingFrame_isAttendedToOnce() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.SELECTIVE)) {
            follow(bank, 7, 0, 1);
            remember(bank, 7, 2, MemoryKind.PASSING);
            assertThat(loaded(bank, 7, 3)).containsExactly(0L, 1L, 2L);
            bank.of(7).forget(3);
            assertThat(loaded(bank, 7, 4)).containsExactly(0L, 1L);
        }
    }

    @Test
    void forget_latestFrame_isNeitherMemoryNorPointer() {
        try (var bank = new MemoryBank(SMALL, 1, MAX_CONDITIONING, MemoryAdmissionConfig.SELECTIVE)) {
            follow(bank, 7, 0, 2);
            bank.of(7).forget(2);
            MemorySelection memorySelection = bank.select(7, 3);
            assertThat(memorySelection.memories()).extracting(MemoryEntry::time).containsExactly(0L, 1L);
            assertThat(memorySelection.pointers()).extracting(MemoryEntry::time).containsExactly(0L, 1L);
            bank.of(7).forget(0);
            assertThat(loaded(bank, 7, 3)).as("prompted frames stay").containsExactly(0L, 1L);
        }
    }

    @Test
    void select_anchors_areTrackedFramesAtFirstAndOutlastThemUpToTheirNumber() {
        try (var bank = new MemoryBank(SMALL, 1, 4, MemoryAdmissionConfig.SELECTIVE)) {
            follow(bank, 7, 0, 9);
            for (long time = 10; time <= 40; time++) {
                remember(bank, 7, time, time % 10 == 0 ? MemoryKind.ANCHOR : MemoryKind.TRACKED);
            }
            MemorySelection now = bank.select(7, 41);
            assertThat(now.lasting()).extracting(MemoryEntry::time).containsExactly(0L, 30L);
            assertThat(now.memories()).extracting(now::row).containsExactly(6L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
            for (long time = 41; time <= 50; time++) {
                remember(bank, 7, time, false);
            }
            assertThat(bank.select(7, 51).lasting())
                    .extracting(MemoryEntry::time)
                    .containsExactly(0L, 30L, 40L);
        }
    }

    @Test
    void remember_promptsAndAnchors_neverMoreThanAllowedAndPromptsFirst() {
        try (var bank = new MemoryBank(SMALL, 1, 3, MemoryAdmissionConfig.SELECTIVE)) {
            var random = new SplittableRandom(5);
            remember(bank, 7, 0, true);
            for (long now = 1; now < 2000; now++) {
                int drawn = random.nextInt(12);
                switch (drawn) {
                    case 0 -> remember(bank, 7, now, MemoryKind.ANCHOR);
                    case 1 -> remember(bank, 7, now, true);
                    case 2 -> remember(bank, 7, now, MemoryKind.PASSING);
                    case 3 -> bank.of(7).forget(now);
                    case 4 -> bank.of(7).rememberPointer(now, filled(Geometry.POINTER_CHANNELS, now));
                    default -> remember(bank, 7, now, false);
                }
                if (drawn == 5) {
                    remember(bank, 7, Math.max(0, now - random.nextInt(20)), true);
                }
                MemorySelection next = bank.select(7, now + 1);
                assertThat(next.lasting()).hasSizeBetween(1, 3);
                assertThat(next.recent()).hasSizeLessThanOrEqualTo(6);
                assertThat(loaded(bank, 7, now + 1)).startsWith(0L);
            }
        }
    }

    /// The frames whose memories are attended to at `time`, as the memories themselves say.
    private static List<Long> loaded(MemoryBank bank, long object, long time) {
        var times = new ArrayList<Long>();
        for (MemoryEntry entry : bank.select(object, time).memories()) {
            var loaded = FloatBuffer.allocate(SMALL.memoryElements());
            bank.of(object).loadMemory(entry, loaded);
            assertThat(loaded.array())
                    .isEqualTo(filled(SMALL.memoryElements(), entry.time()).array());
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
        remember(bank, object, time, conditioning ? MemoryKind.PROMPTED : MemoryKind.TRACKED);
    }

    private static void remember(MemoryBank bank, long object, long time, MemoryKind kind) {
        FloatBuffer memory = filled(SMALL.memoryElements(), time);
        bank.of(object).remember(time, kind, memory, filled(Geometry.POINTER_CHANNELS, time));
    }

    /// The value in halves that bfloat16 holds exactly.
    private static FloatBuffer filled(int elements, long value) {
        var buffer = FloatBuffer.allocate(elements);
        while (buffer.hasRemaining()) {
            buffer.put((float) (value >> Byte.SIZE)).put((float) (value & 0xFF));
        }
        return buffer.flip();
    }
}
