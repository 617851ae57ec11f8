package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which objects are worked on together, and how many at a time.
final class BatchesTest {

    private static final Geometry SMALL = new Geometry(16, 1);
    private static final Geometry EDGETAM_512 = new Geometry(512, 512);
    private static final Geometry SAM_1024 = new Geometry(1024, 4096);

    @Test
    void of_objectsThatRememberAsMuch_areOneBatchAndOthersAnother() {
        try (var bank = new MemoryBank(SMALL, 4, 4, MemoryAdmissionConfig.ALL)) {
            remember(bank, 1, 0);
            remember(bank, 2, 0);
            remember(bank, 3, 0, 1);
            assertThat(Batches.of(bank, 2, 8, _ -> true).batches())
                    .extracting(Batches.Batch::objects)
                    .containsExactlyInAnyOrder(List.of(1L, 2L), List.of(3L));
        }
    }

    @Test
    void of_moreThanFit_areWorkedOnOneBatchAfterTheOther() {
        try (var bank = new MemoryBank(SMALL, 5, 4, MemoryAdmissionConfig.ALL)) {
            for (long object = 1; object <= 5; object++) {
                remember(bank, object, 0);
            }
            assertThat(Batches.of(bank, 1, 2, _ -> true).batches())
                    .extracting(batch -> batch.objects().size())
                    .containsExactly(2, 2, 1);
        }
    }

    @Test
    void of_objectThatRemembersNothingEarlier_isSkipped() {
        try (var bank = new MemoryBank(SMALL, 1, 4, MemoryAdmissionConfig.ALL)) {
            remember(bank, 1, 3);
            assertThat(Batches.of(bank, 3, 2, _ -> true).batches()).isEmpty();
        }
    }

    @Test
    void objectsPerBatch_byMemory_isBetweenOneAndMaxObjects() {
        assertThat(TrackerLimits.DEFAULT.objectsPerBatch(EDGETAM_512, 100)).isBetween(8, 16);
        assertThat(TrackerLimits.DEFAULT.objectsPerBatch(EDGETAM_512, 3)).isEqualTo(3);
        assertThat(TrackerLimits.DEFAULT.objectsPerBatch(SAM_1024, 100)).isEqualTo(1);
        assertThat(new TrackerLimits(4, 0).objectsPerBatch(EDGETAM_512, 100)).isEqualTo(1);
        assertThat(new TrackerLimits(4, 8L << 30).objectsPerBatch(SAM_1024, 100))
                .isBetween(16, 40);
    }

    private static void remember(MemoryBank bank, long object, long... times) {
        for (int i = 0; i < times.length; i++) {
            bank.of(object)
                    .remember(
                            times[i],
                            i == 0 ? MemoryKind.PROMPTED : MemoryKind.TRACKED,
                            FloatBuffer.allocate(SMALL.memoryElements()),
                            FloatBuffer.allocate(Geometry.POINTER_CHANNELS));
        }
    }
}
