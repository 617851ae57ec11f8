package dev.aerie.vision.sam2;

import dev.aerie.vision.onnx.DeviceMemory;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;

/// Memory of one tensor, which networks write and read again and again. Owns it until [#close]; used by one thread.
interface TensorMemory extends AutoCloseable {

    /// A tensor at the beginning of this memory; whoever asks closes it.
    Tensor shaped(int... dimensions);

    @Override
    void close();

    /// For floats of up to these dimensions.
    ///
    /// - `isOnDevice`: whether they stay on the networks' device, where only networks read them
    static TensorMemory ofFloats(boolean isOnDevice, int... dimensions) {
        return isOnDevice ? new OnDevice(new DeviceMemory()) : TensorArena.ofFloats(dimensions);
    }

    /// Floats on the networks' device.
    record OnDevice(DeviceMemory memory) implements TensorMemory {

        @Override
        public Tensor shaped(int... dimensions) {
            return memory.tensor(ElementType.FLOAT32, TensorShape.of(dimensions));
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
