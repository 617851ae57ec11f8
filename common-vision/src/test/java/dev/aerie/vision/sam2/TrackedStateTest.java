package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.aerie.video.FrameSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TrackedStateTest {

    private static final Geometry SMALL = new Geometry(16, 1);
    private static final FrameSize SIZE = new FrameSize(640, 360);

    private final MemoryBank here = new MemoryBank(SMALL, 3, 2, MemoryAdmissionConfig.ALL);
    private final MemoryBank there = new MemoryBank(SMALL, 3, 2, MemoryAdmissionConfig.ALL);
    private final FrameClock clock = new FrameClock(4);

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void restore_whatWasSaved_remembersTheSame() throws IOException {
        follow(here, 5, 0, 20);
        follow(here, 9, 18, 20);
        byte[] written = saved("edgetam@512");
        state(there, "edgetam@512").restore(input(written));
        assertThat(there.objects()).containsExactly(5L, 9L);
        assertThat(there.select(5, 21))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*Slot")
                .isEqualTo(here.select(5, 21));
        assertThat(memory(there, 5, 21, 3)).isEqualTo(memory(here, 5, 21, 3));
        assertThat(there.of(5).pointer(there.select(5, 21).pointers().get(4)))
                .isEqualTo(here.of(5).pointer(here.select(5, 21).pointers().get(4)));
    }

    @Test
    void restore_ofAnotherModel_isRefusedByName() throws IOException {
        follow(here, 5, 0, 2);
        follow(there, 7, 0, 2);
        byte[] written = saved("edgetam@512");
        assertThatIOException()
                .isThrownBy(() -> state(there, "sam2.1_tiny@512").restore(input(written)))
                .withMessageContaining("edgetam@512")
                .withMessageContaining("sam2.1_tiny@512");
        assertThat(there.objects()).as("nothing is followed then").isEmpty();
    }

    @Test
    void restore_tornOrMutated_neverThrowsButIoExceptions() throws IOException {
        follow(here, 5, 0, 12);
        byte[] written = saved("edgetam@512");
        var random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] torn = Arrays.copyOf(written, random.nextInt(written.length + 1));
            for (int k = 0; k < 3 && torn.length > 0; k++) {
                torn[random.nextInt(Math.min(torn.length, 120))] = (byte) random.nextInt();
            }
            try {
                state(there, "edgetam@512").restore(input(torn));
            } catch (IOException _) {
                assertThat(there.objects()).isEmpty();
            }
            assertThat(there.heldBytes()).isLessThanOrEqualTo(there.maxBytes());
        }
    }

    private TrackedState state(MemoryBank bank, String model) {
        return new TrackedState(model, SIZE, bank, clock);
    }

    private byte[] saved(String model) throws IOException {
        var bytes = new ByteArrayOutputStream();
        clock.reset(20);
        state(here, model).save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static float[] memory(MemoryBank bank, long object, long time, int index) {
        var floats = new float[SMALL.memoryElements()];
        bank.of(object).loadMemory(bank.select(object, time).memories().get(index), FloatBuffer.wrap(floats));
        return floats;
    }

    private static void follow(MemoryBank bank, long object, long from, long to) {
        var random = new Random(object);
        for (long time = from; time <= to; time++) {
            FloatBuffer memory = noise(random, SMALL.memoryElements());
            MemoryKind kind = time == from ? MemoryKind.PROMPTED : MemoryKind.TRACKED;
            bank.of(object).remember(time, kind, memory, noise(random, Geometry.POINTER_CHANNELS));
        }
    }

    private static FloatBuffer noise(Random random, int elements) {
        var noise = new float[elements];
        for (int i = 0; i < elements; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return FloatBuffer.wrap(noise);
    }
}
