package dev.aerie.vision.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {

    @TempDir
    private Path folder;

    @Test
    void floats_contiguous_areTheFilesOwn() throws Exception {
        Path file = new PtWriter().floats("a", List.of(2L, 2L), 1, 2, 3, 4).write(folder.resolve("c.pt"));
        try (var checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.tensors()).containsOnlyKeys("a");
            assertThat(read(checkpoint, "a")).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void floats_stridedViews_areReadRowMajor() throws Exception {
        Path file = new PtWriter()
                .floats("whole", List.of(2L, 3L), 1, 2, 3, 4, 5, 6)
                .view("turned", "whole", NumberKind.FLOAT32, 0, List.of(3L, 2L), List.of(1L, 3L))
                .view("corner", "whole", NumberKind.FLOAT32, 4, List.of(2L), List.of(1L))
                .view("repeated", "whole", NumberKind.FLOAT32, 2, List.of(3L), List.of(0L))
                .view("number", "whole", NumberKind.FLOAT32, 5, List.of(), List.of())
                .write(folder.resolve("c.pt"));
        try (var checkpoint = Checkpoint.open(file)) {
            assertThat(read(checkpoint, "turned")).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(read(checkpoint, "corner")).containsExactly(5, 6);
            assertThat(read(checkpoint, "repeated")).containsExactly(3, 3, 3);
            assertThat(read(checkpoint, "number")).containsExactly(6);
        }
    }

    @Test
    void floats_halfPrecision_becomesTheSameNumbersInSingle() throws Exception {
        byte[] half = shorts(Float.floatToFloat16(1.5f), Float.floatToFloat16(-65504f));
        byte[] brain = shorts((short) 0x3FC0, (short) 0xFF7F);
        Path file = new PtWriter()
                .storage("0", half)
                .storage("1", brain)
                .view("half", "0", NumberKind.FLOAT16, 0, List.of(2L), List.of(1L))
                .view("brain", "1", NumberKind.BFLOAT16, 0, List.of(2L), List.of(1L))
                .write(folder.resolve("c.pt"));
        try (var checkpoint = Checkpoint.open(file)) {
            assertThat(read(checkpoint, "half")).containsExactly(1.5f, -65504f);
            assertThat(read(checkpoint, "brain")).containsExactly(1.5f, Float.intBitsToFloat(0xFF7F0000));
        }
    }

    @Test
    void floats_wholeNumbers_areNoWeights() throws Exception {
        Path file = new PtWriter()
                .storage("0", new byte[8])
                .view("count", "0", NumberKind.INT64, 0, List.of(), List.of())
                .write(folder.resolve("c.pt"));
        try (var checkpoint = Checkpoint.open(file)) {
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> read(checkpoint, "count"))
                    .withMessageContaining("not a type of weights");
        }
    }

    @Test
    void floats_viewOutsideItsStorage_isRefused() throws Exception {
        var outside = new PtWriter()
                .floats("whole", List.of(4L), 1, 2, 3, 4)
                .view("past", "whole", NumberKind.FLOAT32, 2, List.of(3L), List.of(1L))
                .view("huge", "whole", NumberKind.FLOAT32, 0, List.of(1L << 40, 1L << 40), List.of(1L << 40, 1L))
                .view("before", "whole", NumberKind.FLOAT32, 3, List.of(2L), List.of(-1L))
                .view("flat", "whole", NumberKind.FLOAT32, 0, List.of(1L << 40), List.of(0L));
        try (var checkpoint = Checkpoint.open(outside.write(folder.resolve("c.pt")))) {
            for (String name : List.of("past", "huge", "before", "flat")) {
                assertThatExceptionOfType(CheckpointException.class)
                        .as(name)
                        .isThrownBy(() -> read(checkpoint, name))
                        .withMessageContaining(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cposix\nsystem\n(X\u0002\0\0\0ls" + "tR.",
                "cbuiltins\neval\n.",
                "ctorch.nn.modules.linear\nLinear\n)R.",
                "ctorch\nload\n.",
                "Pposix\n.",
                "}R.",
                "(i__main__\nThing\n.",
            })
    void open_moreThanTensors_isRefusedAndRunsNothing(String pickle) throws IOException {
        Path file = Files.write(folder.resolve("c.pt"), new PtWriter().zip(pickle.getBytes(US_ASCII)));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(file).close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t.", "]]a", "(((", "h\u0001.", "X\u00ff\u00ff\u00ff\u007f", "s.", "K\u0001.", "q"})
    void open_tornList_isRefused(String pickle) throws IOException {
        byte[] bytes = pickle.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("c.pt"), new PtWriter().zip(bytes));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(file).close());
    }

    @Test
    void open_otherFiles_namesWhatTheyAre() throws IOException {
        assertThat(refusal("<!doctype html><html>Not found</html>")).contains("web page");
        assertThat(refusal("\u0080\u0002X")).contains("it is");
        assertThat(refusal("")).contains("empty");
        assertThat(refusal("PK\u0003\u0004 and nothing more")).contains("cut short");
        assertThat(refusal("just text")).contains("not a zip");
    }

    @Test
    void open_cutAnywhere_isRefused() throws IOException {
        byte[] whole = example().zip(example().pickle());
        for (int length = 0; length < whole.length; length += 7) {
            Path file = Files.write(folder.resolve("c.pt"), java.util.Arrays.copyOf(whole, length));
            assertThatExceptionOfType(CheckpointException.class)
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isThrownBy(() -> Checkpoint.open(file).close());
        }
    }

    @Test
    void open_damagedAnywhere_isRefusedOrReadsTheSame() throws Exception {
        byte[] whole = example().zip(example().pickle());
        var random = new Random(20261121);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] torn = whole.clone();
            torn[random.nextInt(torn.length)] ^= (byte) (1 << random.nextInt(8));
            refused += isRefused(torn, "round " + round) ? 1 : 0;
        }
        assertThat(refused).as("damage that was noticed").isGreaterThan(1000);
    }

    @Test
    void read_damagedListWithoutChecksum_neverFailsOtherwise() throws IOException {
        byte[] pickle = example().pickle();
        var random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] torn = pickle.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                torn[random.nextInt(torn.length)] = (byte) random.nextInt(256);
            }
            try {
                Unpickler.read(ByteBuffer.wrap(torn));
            } catch (CheckpointException _) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5000);
    }

    private boolean isRefused(byte[] bytes, String round) throws IOException {
        Path file = Files.write(folder.resolve("c.pt"), bytes);
        try (var checkpoint = Checkpoint.open(file)) {
            if (checkpoint.tensors().containsKey("a")) {
                assertThat(read(checkpoint, "a")).as(round).containsExactly(1, 2, 3, 4, 5, 6);
            }
            return false;
        } catch (CheckpointException _) {
            return true;
        }
    }

    private String refusal(String content) throws IOException {
        Path file = Files.write(folder.resolve("c.pt"), content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        try (var _ = Checkpoint.open(file)) {
            throw new AssertionError("it was opened");
        } catch (CheckpointException e) {
            return e.getMessage();
        }
    }

    private static PtWriter example() {
        return new PtWriter()
                .floats("a", List.of(2L, 3L), 1, 2, 3, 4, 5, 6)
                .view("b", "a", NumberKind.FLOAT32, 1, List.of(2L), List.of(2L));
    }

    private static float[] read(Checkpoint checkpoint, String name) throws IOException, CheckpointException {
        var floats = checkpoint.floats(name, checkpoint.tensors().get(name)).asFloatBuffer();
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return values;
    }

    private static byte[] shorts(short... values) {
        var bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(values);
        return bytes.array();
    }
}
