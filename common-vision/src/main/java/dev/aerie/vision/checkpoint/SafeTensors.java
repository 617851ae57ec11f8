package dev.aerie.vision.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file of the safetensors format: the length of a header, the header in JSON, which says type, shape and place of
/// each tensor, and the tensors' bytes.
public final class SafeTensors implements TensorFile {

    private static final int LENGTH_BYTES = Long.BYTES;
    private static final long MAX_HEADER_BYTES = 64L << 20;
    private static final String METADATA = "__metadata__";

    private final FileChannel in;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, Long> places;

    private SafeTensors(FileChannel in, Map<String, StoredTensor> tensors, Map<String, Long> places) {
        this.in = in;
        this.tensors = tensors;
        this.places = places;
    }

    /// Whether `file` begins as one.
    static boolean isOne(Path file) throws IOException {
        try (var in = FileChannel.open(file)) {
            if (in.size() < LENGTH_BYTES + 2) {
                return false;
            }
            var start = read(in, 0, LENGTH_BYTES + 1);
            long header = start.getLong();
            return header > 1 && header <= in.size() - LENGTH_BYTES && start.get() == '{';
        }
    }

    static SafeTensors open(Path file) throws IOException, CheckpointException {
        var in = FileChannel.open(file);
        try {
            long headerBytes = read(in, 0, LENGTH_BYTES).getLong();
            if (headerBytes > MAX_HEADER_BYTES) {
                throw new CheckpointException("the list of tensors has " + headerBytes + " bytes: refused");
            }
            var tensors = new LinkedHashMap<String, StoredTensor>();
            var places = new LinkedHashMap<String, Long>();
            var header = new ObjectMapper()
                    .readTree(read(in, LENGTH_BYTES, (int) headerBytes).array());
            for (var entry : header.properties()) {
                if (!entry.getKey().equals(METADATA)) {
                    var tensor = tensor(entry.getKey(), entry.getValue());
                    long begin = entry.getValue().path("data_offsets").path(0).asLong(-1);
                    long end = entry.getValue().path("data_offsets").path(1).asLong(-1);
                    long first = LENGTH_BYTES + headerBytes;
                    requirePlace(entry.getKey(), tensor, begin, end, in.size() - first);
                    tensors.put(entry.getKey(), tensor);
                    places.put(entry.getKey(), first + begin);
                }
            }
            return new SafeTensors(in, Collections.unmodifiableMap(tensors), places);
        } catch (JsonProcessingException e) {
            in.close();
            throw new CheckpointException("the file is damaged: its list of tensors is no JSON", e);
        } catch (CheckpointException | IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    @Override
    public ByteBuffer floats(String name, StoredTensor tensor) throws IOException, CheckpointException {
        tensor.requireReadable(name);
        int elements = Math.toIntExact(tensor.elements());
        var bytes = read(
                in,
                places.getOrDefault(name, 0L),
                Math.multiplyExact(elements, tensor.kind().bytes()));
        if (tensor.kind() == NumberKind.FLOAT32) {
            return bytes;
        }
        var floats =
                ByteBuffer.allocate(Math.multiplyExact(elements, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            floats.putFloat(tensor.kind().toFloat(bytes, i * tensor.kind().bytes()));
        }
        return floats.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static StoredTensor tensor(String name, JsonNode node) throws CheckpointException {
        var kind = kind(node.path("dtype").asText());
        if (kind.isEmpty() || !node.path("shape").isArray()) {
            throw new CheckpointException("tensor " + name + " is of a type that is not supported: "
                    + node.path("dtype").asText("none"));
        }
        List<Long> shape = new ArrayList<>();
        node.path("shape").forEach(side -> shape.add(side.asLong(-1)));
        try {
            var strides = new ArrayList<>(Collections.nCopies(shape.size(), 1L));
            for (int i = shape.size() - 2; i >= 0; i--) {
                strides.set(i, Math.multiplyExact(strides.get(i + 1), shape.get(i + 1)));
            }
            long elements = shape.stream().reduce(1L, Math::multiplyExact);
            return new StoredTensor(name, kind.get(), elements, 0, shape, strides);
        } catch (ArithmeticException e) {
            throw new CheckpointException("tensor " + name + " is larger than any file", e);
        }
    }

    private static void requirePlace(String name, StoredTensor tensor, long begin, long end, long available)
            throws CheckpointException {
        boolean isInside = begin >= 0 && end >= begin && end <= available;
        boolean isWhole =
                tensor.storageElements() >= 0 && (end - begin) / tensor.kind().bytes() == tensor.storageElements();
        if (!isInside || !isWhole || (end - begin) % tensor.kind().bytes() != 0) {
            throw new CheckpointException("tensor %s of shape %s lies at bytes %d to %d of %d: damaged or cut short"
                    .formatted(name, tensor.shape(), begin, end, available));
        }
    }

    private static Optional<NumberKind> kind(String name) {
        return switch (name) {
            case "F32" -> Optional.of(NumberKind.FLOAT32);
            case "F16" -> Optional.of(NumberKind.FLOAT16);
            case "BF16" -> Optional.of(NumberKind.BFLOAT16);
            case "F64" -> Optional.of(NumberKind.FLOAT64);
            case "I64" -> Optional.of(NumberKind.INT64);
            case "I32" -> Optional.of(NumberKind.INT32);
            case "I16" -> Optional.of(NumberKind.INT16);
            case "I8" -> Optional.of(NumberKind.INT8);
            case "U8" -> Optional.of(NumberKind.UINT8);
            case "BOOL" -> Optional.of(NumberKind.BOOL);
            default -> Optional.empty();
        };
    }

    private static ByteBuffer read(FileChannel in, long from, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("the file ends within its tensors");
            }
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
