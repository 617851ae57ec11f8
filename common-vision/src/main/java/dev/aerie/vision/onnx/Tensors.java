package dev.aerie.vision.onnx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Tensors by name, closed together.
public final class Tensors implements AutoCloseable {

    private final Map<String, Tensor> byName = new TreeMap<>();

    public Tensors() {}

    /// Adds `tensor`, which is owned by this from now on; one of the same name is closed.
    public Tensors put(String name, Tensor tensor) {
        Tensor replaced = byName.put(name, tensor);
        if (replaced != null) {
            replaced.close();
        }
        return this;
    }

    /// Lends the tensor of that name; throws [IllegalArgumentException] where there is none.
    public Tensor get(String name) {
        Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "' among " + byName.keySet());
        }
        return tensor;
    }

    /// Hands the tensor of that name over to the caller, who closes it.
    public Tensor take(String name) {
        Tensor tensor = get(name);
        byName.remove(name);
        return tensor;
    }

    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /// Lends all of them.
    public Map<String, Tensor> asMap() {
        return Map.copyOf(byName);
    }

    @Override
    public void close() {
        byName.values().forEach(Tensor::close);
        byName.clear();
    }
}
