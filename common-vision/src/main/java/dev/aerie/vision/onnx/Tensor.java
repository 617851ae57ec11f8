package dev.aerie.vision.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/// An input or output of a model.
///
/// A tensor made here has its memory here and is read and written in place, so that nothing is allocated per frame; one
/// that a model returned has its memory in ONNX Runtime and is read by copy; one of a [DeviceMemory] cannot be
/// read. Owns native memory until [#close]; used by one thread at a time.
public final class Tensor implements AutoCloseable {

    /// Smallest sample that [#sampleIsFinite] reads, where there are as many numbers.
    private static final int MIN_SAMPLES = 1024;

    private final TensorSpec spec;
    private final @Nullable OnnxTensor value;
    private final @Nullable ByteBuffer memory;
    private final @Nullable DeviceMemory device;

    private Tensor(
            TensorSpec spec, @Nullable OnnxTensor value, @Nullable ByteBuffer memory, @Nullable DeviceMemory device) {
        this.spec = spec;
        this.value = value;
        this.memory = memory;
        this.device = device;
    }

    /// One of `device`, which is lent: its numbers cannot be read here.
    static Tensor onDevice(TensorSpec spec, DeviceMemory device) {
        return new Tensor(spec, null, null, device);
    }

    /// A new one, all zero. `shape` has no open dimension.
    public static Tensor allocate(ElementType type, TensorShape shape) {
        long bytes = Math.multiplyExact(shape.elements(), (long) type.bytes());
        return over(type, shape, ByteBuffer.allocateDirect(Math.toIntExact(bytes)));
    }

    /// A new one over `memory`, which is direct, holds exactly its elements in the machine's byte order, and is
    /// kept.
    public static Tensor over(ElementType type, TensorShape shape, ByteBuffer memory) {
        if (!memory.isDirect() || memory.remaining() != shape.elements() * type.bytes()) {
            throw new IllegalArgumentException(
                    "memory of %d bytes for %s %s".formatted(memory.remaining(), type, shape));
        }
        ByteBuffer ordered = memory.slice().order(ByteOrder.nativeOrder());
        try {
            var value = OnnxTensor.createTensor(OnnxRuntime.environment(), ordered, shape.toArray(), type.toNative());
            return new Tensor(new TensorSpec(type, shape), value, ordered, null);
        } catch (OrtException e) {
            throw new IllegalStateException("no tensor of shape " + shape, e);
        }
    }

    /// A new one of float32, a copy of `values`.
    public static Tensor ofFloats(TensorShape shape, float... values) {
        Tensor tensor = allocate(ElementType.FLOAT32, shape);
        tensor.floats().put(values);
        return tensor;
    }

    /// A new one of int64, a copy of `values`.
    public static Tensor ofLongs(TensorShape shape, long... values) {
        Tensor tensor = allocate(ElementType.INT64, shape);
        tensor.longs().put(values);
        return tensor;
    }

    /// A new one of bool, a copy of `values`.
    public static Tensor ofBooleans(TensorShape shape, boolean... values) {
        Tensor tensor = allocate(ElementType.BOOL, shape);
        ByteBuffer bytes = tensor.bytes();
        for (boolean value : values) {
            bytes.put((byte) (value ? 1 : 0));
        }
        return tensor;
    }

    /// One that a model returned; takes ownership.
    static Tensor ofResult(OnnxTensor value) throws ModelException {
        TensorInfo info = value.getInfo();
        ElementType type = ElementType.of(info.type)
                .orElseThrow(() -> new ModelException("tensors of " + info.type + " are not supported"));
        return new Tensor(new TensorSpec(type, TensorShape.of(info.getShape())), value, null, null);
    }

    public TensorSpec spec() {
        return spec;
    }

    public TensorShape shape() {
        return spec.shape();
    }

    /// The elements of float32, row-major, from position 0: in place where the memory is here, else a copy.
    public FloatBuffer floats() {
        require(ElementType.FLOAT32);
        return memory == null ? requireNonNull(value().getFloatBuffer()) : memory.asFloatBuffer();
    }

    /// The elements of int64, row-major, from position 0: in place where the memory is here, else a copy.
    public LongBuffer longs() {
        require(ElementType.INT64);
        return memory == null ? requireNonNull(value().getLongBuffer()) : memory.asLongBuffer();
    }

    /// The bytes of the elements, row-major, from position 0: in place where the memory is here, else a copy.
    public ByteBuffer bytes() {
        ByteBuffer bytes = memory == null ? requireNonNull(value().getByteBuffer()) : memory.duplicate();
        return bytes.order(ByteOrder.nativeOrder());
    }

    /// Whether an even sample of its numbers is finite; true where they are not float32.
    boolean sampleIsFinite() {
        if (device != null) {
            return device.sampleIsFinite(spec);
        }
        return spec.type() != ElementType.FLOAT32 || sampleIsFinite(floats());
    }

    static boolean sampleIsFinite(FloatBuffer values) {
        return allMatch(values, Float::isFinite, Math.max(1, values.limit() / MIN_SAMPLES));
    }

    /// Whether every number fulfils `condition`; true where they are not float32.
    boolean allMatch(FloatCondition condition) {
        return spec.type() != ElementType.FLOAT32 || allMatch(floats(), condition, 1);
    }

    private static boolean allMatch(FloatBuffer values, FloatCondition condition, int step) {
        for (int i = 0; i < values.limit(); i += step) {
            if (!condition.test(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean isOnDevice() {
        return device != null;
    }

    /// Throws [IllegalStateException] unless it is on a device.
    DeviceMemory device() {
        if (device == null) {
            throw new IllegalStateException("the tensor has its memory here");
        }
        return device;
    }

    /// Throws [IllegalStateException] where it is on a device.
    OnnxTensor value() {
        if (value == null) {
            throw new IllegalStateException("the tensor is on a device");
        }
        return value;
    }

    @Override
    public void close() {
        if (value != null) {
            value.close();
        }
    }

    private void require(ElementType wanted) {
        if (spec.type() != wanted) {
            throw new IllegalStateException("the tensor is of " + spec.type() + ", not of " + wanted);
        }
    }

    /// A condition on a number.
    @FunctionalInterface
    interface FloatCondition {
        boolean test(float value);
    }
}
