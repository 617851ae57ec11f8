package dev.aerie.vision.onnx;

/// Type and shape of an input or output.
public record TensorSpec(ElementType type, TensorShape shape) {

    /// Whether a tensor of `other`, without open dimensions, fits.
    public boolean accepts(TensorSpec other) {
        return type == other.type && shape.accepts(other.shape);
    }

    /// `float32 1×3×416×416`.
    @Override
    public String toString() {
        return type + " " + shape;
    }
}
