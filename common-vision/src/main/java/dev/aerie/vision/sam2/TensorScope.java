package dev.aerie.vision.sam2;

import dev.aerie.vision.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;

/// The tensors of one run of a network, closed together.
final class TensorScope implements AutoCloseable {

    private final List<Tensor> open = new ArrayList<>();

    Tensor of(TensorMemory memory, int... dimensions) {
        Tensor view = memory.shaped(dimensions);
        open.add(view);
        return view;
    }

    @Override
    public void close() {
        open.forEach(Tensor::close);
    }
}
