package dev.aerie.vision.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/// A block of float32 that a model reads or writes in place, so that nothing is allocated from picture to picture.
///
/// Owns native memory until [#close]; used by one thread.
public final class FloatTensor implements AutoCloseable {

    private final TensorShape shape;
    private final FloatBuffer values;
    private final OnnxTensor tensor;

    private FloatTensor(TensorShape shape, FloatBuffer values, OnnxTensor tensor) {
        this.shape = shape;
        this.values = values;
        this.tensor = tensor;
    }

    /// A new one, all zero. `shape` has no open dimension.
    public static FloatTensor allocate(TensorShape shape) {
        int elements = Math.toIntExact(shape.elements());
        FloatBuffer values = ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        try {
            return new FloatTensor(
                    shape, values, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape.toArray()));
        } catch (OrtException e) {
            throw new IllegalStateException("no tensor of shape " + shape, e);
        }
    }

    /// A new one, all zero, of the given dimensions.
    public static FloatTensor allocate(Long... dimensions) {
        return allocate(new TensorShape(List.of(dimensions)));
    }

    public TensorShape shape() {
        return shape;
    }

    /// The elements, row-major: a direct buffer of its own position and limit over the same memory.
    public FloatBuffer values() {
        return values.duplicate();
    }

    OnnxTensor tensor() {
        return tensor;
    }

    @Override
    public void close() {
        tensor.close();
    }
}
