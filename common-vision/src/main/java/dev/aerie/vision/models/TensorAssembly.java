package dev.aerie.vision.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Makes an ONNX file of a graph that comes with Aerie and of the publisher's file of 16-bit floats.
///
/// The tensors are appended to the graph's bytes: a message of Protocol Buffers that is written in two parts is the
/// same message. Sources: `onnx.proto`; Protocol Buffers' encoding.
final class TensorAssembly {

    private static final String TENSORS = "tensors.json";
    private static final int FLOAT16 = 10;

    /// Tags of length-delimited fields and of numbers: `ModelProto.graph`, `GraphProto.initializer`, and a tensor's
    /// dimensions, type, name and raw data.
    private static final int GRAPH = 7 << 3 | 2;

    private static final int INITIALIZER = 5 << 3 | 2;
    private static final int DIMENSION = 1 << 3;
    private static final int TYPE = 2 << 3;
    private static final int NAME = 8 << 3 | 2;
    private static final int RAW_DATA = 9 << 3 | 2;

    private final byte[] graph;
    private final List<StoredHalves> tensors;

    /// Where a tensor of 16-bit floats lies in the publisher's file.
    private record StoredHalves(String name, List<Long> shape, long offset) {

        int sizeBytes() {
            return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact) * Short.BYTES);
        }
    }

    private TensorAssembly(byte[] graph, List<StoredHalves> tensors) {
        this.graph = graph;
        this.tensors = tensors;
    }

    /// That of the model `name`; throws [IllegalStateException] where this build has none.
    static TensorAssembly of(String name) {
        String resource = "structures/" + name + ".zip";
        try (InputStream in = TensorAssembly.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no structure of " + name + " in this build");
            }
            return read(in);
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    /// How long the ONNX file is.
    long sizeBytes() {
        long parts = partsBytes();
        return graph.length + field(GRAPH, parts).length + parts;
    }

    /// Writes the ONNX file: `weights` is the publisher's file, `out` receives all bytes from its position on.
    void write(FileChannel weights, FileChannel out) throws IOException {
        put(out, ByteBuffer.wrap(graph));
        put(out, ByteBuffer.wrap(field(GRAPH, partsBytes())));
        for (StoredHalves tensor : tensors) {
            put(out, ByteBuffer.wrap(head(tensor)));
            var halves = ByteBuffer.allocate(tensor.sizeBytes());
            while (halves.hasRemaining()) {
                if (weights.read(halves, tensor.offset() + halves.position()) < 0) {
                    throw new IOException("the weights end within " + tensor.name());
                }
            }
            put(out, halves.flip());
        }
    }

    /// Of what is appended to the graph.
    private long partsBytes() {
        return tensors.stream()
                .mapToLong(tensor -> head(tensor).length + tensor.sizeBytes())
                .sum();
    }

    /// A tensor up to its numbers, which follow: the little-endian order of both formats is the same.
    private static byte[] head(StoredHalves tensor) {
        var inner = new ByteArrayOutputStream();
        for (long side : tensor.shape()) {
            inner.writeBytes(field(DIMENSION, side));
        }
        inner.writeBytes(field(TYPE, FLOAT16));
        byte[] name = tensor.name().getBytes(StandardCharsets.UTF_8);
        inner.writeBytes(field(NAME, name.length));
        inner.writeBytes(name);
        inner.writeBytes(field(RAW_DATA, tensor.sizeBytes()));
        var head = new ByteArrayOutputStream();
        head.writeBytes(field(INITIALIZER, (long) inner.size() + tensor.sizeBytes()));
        head.writeBytes(inner.toByteArray());
        return head.toByteArray();
    }

    /// A field's tag, which is below 128, and its number or length.
    private static byte[] field(int tag, long number) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        long rest = number;
        while (rest >= 0x80) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return bytes.toByteArray();
    }

    private static void put(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static TensorAssembly read(InputStream in) throws IOException {
        var tensors = new ArrayList<StoredHalves>();
        byte[] graph = {};
        var zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(TENSORS)) {
                for (JsonNode node :
                        new ObjectMapper().readTree(zip.readAllBytes()).path("tensors")) {
                    var shape = new ArrayList<Long>();
                    node.path("shape").forEach(side -> shape.add(side.asLong()));
                    tensors.add(new StoredHalves(
                            node.path("name").asText(),
                            shape,
                            node.path("offset").asLong()));
                }
            } else {
                graph = zip.readAllBytes();
            }
        }
        return new TensorAssembly(graph, List.copyOf(tensors));
    }
}
