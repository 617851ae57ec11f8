package dev.aerie.vision.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes checkpoints as `torch.save` does, and such as it never would.
public final class PtWriter {

    private record Entry(String storage, NumberKind kind, long offset, List<Long> shape, List<Long> strides) {}

    private final Map<String, byte[]> storages = new LinkedHashMap<>();
    private final Map<String, Entry> tensors = new LinkedHashMap<>();

    /// Adds a contiguous tensor of float32 with a storage of its own.
    public PtWriter floats(String name, List<Long> shape, float... values) {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return storage(name, bytes.array()).view(name, name, NumberKind.FLOAT32, 0, shape, contiguous(shape));
    }

    /// Adds a storage that tensors may look into.
    PtWriter storage(String key, byte[] bytes) {
        storages.put(key, bytes);
        return this;
    }

    /// Adds a tensor that looks into a storage; `offset` and `strides` in elements.
    PtWriter view(String name, String storage, NumberKind kind, long offset, List<Long> shape, List<Long> strides) {
        tensors.put(name, new Entry(storage, kind, offset, shape, strides));
        return this;
    }

    /// Writes `{"model": {name: tensor}}` to `file`; returns it.
    public Path write(Path file) throws IOException {
        return Files.write(file, zip(pickle()));
    }

    /// A checkpoint whose list of tensors is `pickle`.
    byte[] zip(byte[] pickle) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            stored(zip, "checkpoint/data.pkl", pickle);
            stored(zip, "checkpoint/byteorder", "little".getBytes(US_ASCII));
            for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
                stored(zip, "checkpoint/data/" + storage.getKey(), storage.getValue());
            }
            stored(zip, "checkpoint/version", "3\n".getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }

    byte[] pickle() throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x80, 2, '}', 'q', 0});
        text(out, "model");
        out.write("ccollections\nOrderedDict\n)R(".getBytes(US_ASCII));
        for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
            text(out, tensor.getKey());
            tensor(out, tensor.getValue());
        }
        // The marked pairs, the dictionary's attributes, the outer pair, the end.
        out.write("u}b".getBytes(US_ASCII));
        out.write("s.".getBytes(US_ASCII));
        return out.toByteArray();
    }

    static List<Long> contiguous(List<Long> shape) {
        var strides = new Long[shape.size()];
        long next = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            strides[i] = next;
            next *= shape.get(i);
        }
        return List.of(strides);
    }

    private void tensor(OutputStream out, Entry tensor) throws IOException {
        out.write("ctorch._utils\n_rebuild_tensor_v2\n((".getBytes(US_ASCII));
        text(out, "storage");
        out.write(("ctorch\n" + storageName(tensor.kind()) + "\n").getBytes(US_ASCII));
        text(out, tensor.storage());
        text(out, "cpu");
        whole(out, storages.get(tensor.storage()).length / tensor.kind().bytes());
        out.write("tQ".getBytes(US_ASCII));
        whole(out, tensor.offset());
        wholes(out, tensor.shape());
        wholes(out, tensor.strides());
        out.write(new byte[] {(byte) 0x89});
        out.write("ccollections\nOrderedDict\n)RtR".getBytes(US_ASCII));
    }

    private static String storageName(NumberKind kind) {
        return switch (kind) {
            case FLOAT32 -> "FloatStorage";
            case FLOAT16 -> "HalfStorage";
            case BFLOAT16 -> "BFloat16Storage";
            case INT64 -> "LongStorage";
            default -> throw new IllegalArgumentException("not written in tests: " + kind);
        };
    }

    private static void wholes(OutputStream out, List<Long> values) throws IOException {
        out.write('(');
        for (long value : values) {
            whole(out, value);
        }
        out.write('t');
    }

    private static void whole(OutputStream out, long value) throws IOException {
        if (value == (int) value) {
            out.write('J');
            out.write(little(Integer.BYTES).putInt((int) value).array());
        } else {
            out.write(new byte[] {(byte) 0x8A, Long.BYTES});
            out.write(little(Long.BYTES).putLong(value).array());
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.write('X');
        out.write(little(Integer.BYTES).putInt(bytes.length).array());
        out.write(bytes);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        var sum = new CRC32();
        sum.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(sum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
