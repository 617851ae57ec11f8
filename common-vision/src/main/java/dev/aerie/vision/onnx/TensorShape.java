package dev.aerie.vision.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The dimensions of a tensor, outermost first; -1 where a model leaves one open.
public record TensorShape(List<Long> dimensions) {

    private static final long OPEN = -1;

    public TensorShape {
        dimensions = List.copyOf(dimensions);
    }

    public static TensorShape of(Long... dimensions) {
        return new TensorShape(List.of(dimensions));
    }

    public static TensorShape of(int... dimensions) {
        return new TensorShape(Arrays.stream(dimensions).mapToObj(Long::valueOf).toList());
    }

    static TensorShape of(long[] dimensions) {
        return new TensorShape(Arrays.stream(dimensions).boxed().toList());
    }

    /// How many elements it holds; throws [IllegalStateException] if a dimension is open.
    public long elements() {
        if (dimensions.contains(OPEN)) {
            throw new IllegalStateException("shape " + this + " has an open dimension");
        }
        return dimensions.stream().reduce(1L, Math::multiplyExact);
    }

    /// Whether a tensor of shape `other`, without open dimensions, fits.
    public boolean accepts(TensorShape other) {
        if (dimensions.size() != other.dimensions.size()) {
            return false;
        }
        for (int i = 0; i < dimensions.size(); i++) {
            if (dimensions.get(i) != OPEN && !dimensions.get(i).equals(other.dimensions.get(i))) {
                return false;
            }
        }
        return true;
    }

    long[] toArray() {
        return dimensions.stream().mapToLong(Long::longValue).toArray();
    }

    /// `1×3×416×416`, with `?` for an open dimension.
    @Override
    public String toString() {
        return dimensions.stream()
                .map(dimension -> dimension == OPEN ? "?" : dimension.toString())
                .collect(Collectors.joining("×"));
    }
}
