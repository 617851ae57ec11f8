package dev.aerie.vision.sam2;

import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/// Native memory that is reused by tensors of varying shape, so that nothing large is allocated per frame.
///
/// Owns the memory until [#close]; every tensor in it is closed before. Used by one thread.
final class TensorArena implements TensorMemory {

    private static final long ALIGNMENT_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final ElementType type;
    private final ByteBuffer bytes;

    /// For a tensor of up to these dimensions; all zero.
    TensorArena(ElementType type, int... dimensions) {
        this.type = type;
        long size = Math.multiplyExact(TensorShape.of(dimensions).elements(), (long) type.bytes());
        bytes = arena.allocate(size, ALIGNMENT_BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    static TensorArena ofFloats(int... dimensions) {
        return new TensorArena(ElementType.FLOAT32, dimensions);
    }

    @Override
    public Tensor shaped(int... dimensions) {
        TensorShape shape = TensorShape.of(dimensions);
        int size = Math.toIntExact(shape.elements() * type.bytes());
        return Tensor.over(type, shape, bytes.slice(0, size));
    }

    ByteBuffer bytes() {
        return bytes.duplicate();
    }

    FloatBuffer floats() {
        return bytes.asFloatBuffer();
    }

    /// The `index`th of pieces of `elements` floats.
    FloatBuffer floats(int index, int elements) {
        return bytes.asFloatBuffer().slice(index * elements, elements);
    }

    LongBuffer longs() {
        return bytes.asLongBuffer();
    }

    void setBoolean(int index, boolean truth) {
        bytes.put(index, (byte) (truth ? 1 : 0));
    }

    int sizeBytes() {
        return bytes.capacity();
    }

    @Override
    public void close() {
        arena.close();
    }
}
