package dev.aerie.vision.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Files of weights from anywhere: whole files, or lists of tensors in a sound zip with one storage.
final class CheckpointFuzz {

    private static final byte[] STORAGE = new byte[64];

    private CheckpointFuzz() {}

    /// The first byte: 0 for a whole file, 1 for a list in a zip, others for a list alone, which is faster.
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        if (data[0] > 1) {
            unpickle(data);
            return;
        }
        Path file = Files.createTempFile("checkpoint", ".pt");
        try {
            write(data, file);
            try (var checkpoint = Checkpoint.open(file)) {
                for (var tensor : checkpoint.tensors().entrySet()) {
                    read(checkpoint, tensor.getKey(), tensor.getValue());
                }
            }
        } catch (CheckpointException | IOException _) {
            // Refused in words.
        } finally {
            Files.delete(file);
        }
    }

    private static void unpickle(byte[] data) {
        try {
            var _ = Unpickler.read(ByteBuffer.wrap(data, 1, data.length - 1)).describe();
        } catch (CheckpointException _) {
            // Refused in words.
        }
    }

    private static void read(Checkpoint checkpoint, String name, StoredTensor tensor) throws IOException {
        try {
            var floats = checkpoint.floats(name, tensor);
            if (floats.remaining() != tensor.elements() * Float.BYTES) {
                throw new AssertionError(tensor + " has " + floats);
            }
        } catch (CheckpointException _) {
            // Refused in words.
        }
    }

    private static void write(byte[] data, Path file) throws IOException {
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        try (OutputStream out = Files.newOutputStream(file)) {
            if (data[0] == 0) {
                out.write(rest);
                return;
            }
            try (var zip = new ZipOutputStream(out)) {
                add(zip, "c/data.pkl", rest);
                add(zip, "c/data/0", STORAGE);
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        var sum = new CRC32();
        sum.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
