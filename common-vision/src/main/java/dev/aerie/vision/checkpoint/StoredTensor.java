package dev.aerie.vision.checkpoint;

import java.util.List;

/// A tensor as a checkpoint describes it: a strided view into a storage.
///
/// - `storage`: the storage's record in the file
/// - `storageElements`: how many it holds
/// - `offset`, `strides`: in elements of the storage
public record StoredTensor(
        String storage, NumberKind kind, long storageElements, long offset, List<Long> shape, List<Long> strides) {

    /// What one Java buffer of float32 can hold.
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE / Float.BYTES;

    public StoredTensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /// Whether its elements lie in the storage one after the other, row-major.
    boolean isContiguous() {
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && strides.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i);
        }
        return true;
    }

    /// Throws [CheckpointException] if it is not of a type of weights, or reaches outside its storage.
    void requireReadable(String name) throws CheckpointException {
        if (!kind.isWeight()) {
            throw new CheckpointException("tensor " + name + " is of " + kind + ", which is not a type of weights");
        }
        requireInside(name);
    }

    private void requireInside(String name) throws CheckpointException {
        try {
            if (shape.size() != strides.size() || offset < 0 || shape.stream().anyMatch(side -> side < 0)) {
                throw outside(name);
            }
            long last = offset;
            for (int i = 0; i < shape.size(); i++) {
                if (strides.get(i) < 0) {
                    throw outside(name);
                }
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape.get(i) - 1), strides.get(i)));
            }
            if (elements() > MAX_ELEMENTS || (elements() > 0 && last >= storageElements)) {
                throw outside(name);
            }
        } catch (ArithmeticException e) {
            throw new CheckpointException("tensor " + name + " is larger than any file", e);
        }
    }

    private CheckpointException outside(String name) {
        return new CheckpointException("tensor %s (shape %s, strides %s, offset %d) reaches outside its storage of %d"
                .formatted(name, shape, strides, offset, storageElements));
    }
}
