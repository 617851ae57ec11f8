package dev.aerie.vision.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Opens the height and width of a model's inputs and outputs, so that a convolutional network that was exported for
/// one size of image takes any.
///
/// Rewrites the ONNX file and nothing else of it: in every `ValueInfoProto` of the graph's inputs and outputs, the
/// dimensions after batch and channels are left without a value; where there are no channels (fewer than four
/// dimensions), those after the batch. Sources: `onnx.proto`; Protocol Buffers' encoding.
final class OpenSides {

    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_TYPE = 2;
    private static final int TYPE_TENSOR = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int SHAPE_DIMENSION = 1;

    /// Batch, channels, height and width.
    private static final int IMAGE_DIMENSIONS = 4;

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private OpenSides() {}

    /// What becomes of a field that holds bytes or another message.
    @FunctionalInterface
    private interface Edit {
        byte[] apply(int field, byte[] content);
    }

    /// A copy of `model` with open sides. Throws [IllegalArgumentException] if it is no ONNX file.
    static byte[] of(byte[] model) {
        try {
            return within(MODEL_GRAPH, OpenSides::graph).apply(0, model);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the file is no ONNX model: it ends within a field", e);
        }
    }

    private static byte[] graph(int field, byte[] graph) {
        Edit value = within(VALUE_TYPE, within(TYPE_TENSOR, within(TENSOR_SHAPE, OpenSides::shape)));
        return edited(
                graph,
                (each, content) -> each == GRAPH_INPUT || each == GRAPH_OUTPUT ? value.apply(each, content) : content);
    }

    private static byte[] shape(int field, byte[] shape) {
        int kept = dimensions(shape) < IMAGE_DIMENSIONS ? 1 : 2;
        int[] seen = {0};
        return edited(shape, (each, content) -> each == SHAPE_DIMENSION && seen[0]++ >= kept ? new byte[0] : content);
    }

    private static int dimensions(byte[] shape) {
        int[] seen = {0};
        edited(shape, (each, content) -> {
            seen[0] += each == SHAPE_DIMENSION ? 1 : 0;
            return content;
        });
        return seen[0];
    }

    /// Applies `edit` to the fields `wanted` of a message.
    private static Edit within(int wanted, Edit edit) {
        return (_, message) ->
                edited(message, (field, content) -> field == wanted ? edit.apply(field, content) : content);
    }

    private static byte[] edited(byte[] message, Edit edit) {
        var in = ByteBuffer.wrap(message);
        var out = new ByteArrayOutputStream(message.length);
        while (in.hasRemaining()) {
            long tag = readVarint(in);
            writeVarint(out, tag);
            switch ((int) (tag & 7)) {
                case VARINT -> writeVarint(out, readVarint(in));
                case EIGHT_BYTES -> out.writeBytes(read(in, Long.BYTES));
                case FOUR_BYTES -> out.writeBytes(read(in, Integer.BYTES));
                case LENGTH_DELIMITED -> {
                    byte[] content = edit.apply((int) (tag >>> 3), read(in, readVarint(in)));
                    writeVarint(out, content.length);
                    out.writeBytes(content);
                }
                default -> throw new IllegalArgumentException("the file is no ONNX model: field of type " + (tag & 7));
            }
        }
        return out.toByteArray();
    }

    private static byte[] read(ByteBuffer in, long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var content = new byte[(int) bytes];
        in.get(content);
        return content;
    }

    private static long readVarint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("the file is no ONNX model: a number is longer than 64 bits");
    }

    private static void writeVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
