package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// A tensor that stays where a network wrote it, on its device: filled by one run, read by the next.
///
/// [#tensor] lends it to runs, as output and as input. Owns the device's memory until [#close]; used by one thread.
public final class DeviceMemory implements AutoCloseable {

    private @Nullable NativeHandle value;
    private @Nullable TensorSpec spec;
    private boolean isOfCpu;

    /// A tensor of this memory; closing it leaves the memory as it is. As an input it must have the type and shape that
    /// were written last.
    public Tensor tensor(ElementType type, TensorShape shape) {
        return Tensor.onDevice(new TensorSpec(type, shape), this);
    }

    /// Takes ownership of what a run wrote; what was here before is released.
    ///
    /// - `isOfCpu`: whether it lies in the CPU's memory
    void fill(NativeHandle written, TensorSpec writtenSpec, boolean isOfCpu) {
        close();
        value = written;
        spec = writtenSpec;
        this.isOfCpu = isOfCpu;
    }

    /// What was written last; throws [IllegalStateException] unless it is of `wanted`.
    NativeHandle value(TensorSpec wanted) {
        if (value == null || !wanted.equals(spec)) {
            throw new IllegalStateException("the device holds " + spec + ", not " + wanted);
        }
        return value;
    }

    /// Whether an even sample of its numbers is finite; true where they lie on another device than the CPU, from which
    /// nothing is fetched for that.
    boolean sampleIsFinite(TensorSpec wanted) {
        return !isOfCpu || wanted.type() != ElementType.FLOAT32 || Tensor.sampleIsFinite(floats(wanted));
    }

    /// The numbers of a tensor in the CPU's memory, in place, until it is written again.
    FloatBuffer floats(TensorSpec wanted) {
        long bytes = wanted.shape().elements() * wanted.type().bytes();
        try {
            MemorySegment data = BoundRun.api().data(value(wanted), bytes);
            return data.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        } catch (OrtException e) {
            throw new IllegalStateException("the tensor cannot be read", e);
        }
    }

    @Override
    public void close() {
        if (value != null) {
            value.close();
        }
        value = null;
        spec = null;
    }
}
