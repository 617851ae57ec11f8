package dev.aerie.vision.segment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;

/// Descriptors of an object and its background in one prompted frame. Owns native memory.
final class Reference implements AutoCloseable {

    private static final float MIN_COVERAGE = 0.8f;
    private static final float MAX_DISTANCE = 3;

    private final NearestNeighbours object;
    private final NearestNeighbours background;

    private Reference(NearestNeighbours object, NearestNeighbours background) {
        this.object = object;
        this.background = background;
    }

    /// Learns from one frame.
    ///
    /// - `descriptors`: placed, of every cell of the matched grid
    /// - `mask`: on the same grid, 0..1; cells at the object's edge are skipped
    static Reference learn(Descriptors descriptors, Plane mask) {
        var inside = new ArrayList<Integer>();
        var outside = new ArrayList<Integer>();
        for (int i = 0; i < descriptors.count(); i++) {
            float coverage = mask.values()[i];
            if (coverage > MIN_COVERAGE) {
                inside.add(i);
            } else if (coverage < 1 - MIN_COVERAGE) {
                outside.add(i);
            }
        }
        return new Reference(
                new NearestNeighbours(descriptors.select(inside)), new NearestNeighbours(descriptors.select(outside)));
    }

    /// Distance of each cell to the object in the most similar frame.
    static float[] toObject(List<Reference> references, Descriptors descriptors) {
        return nearest(references.stream().map(reference -> reference.object), descriptors);
    }

    /// Distance of each cell to the background.
    static float[] toBackground(List<Reference> references, Descriptors descriptors) {
        return nearest(references.stream().map(reference -> reference.background), descriptors);
    }

    private static float[] nearest(Stream<NearestNeighbours> sets, Descriptors descriptors) {
        return sets.map(set -> set.distances(descriptors, MAX_DISTANCE))
                .reduce(Reference::smaller)
                .orElseThrow();
    }

    private static float[] smaller(float[] first, float[] second) {
        var smaller = new float[first.length];
        for (int i = 0; i < smaller.length; i++) {
            smaller[i] = Math.min(first[i], second[i]);
        }
        return smaller;
    }

    /// Coverage of cells by a mask, 0..1, from 8-bit pixels.
    static Plane coverage(Mat mask, Window grid) {
        try (var cut = grid.crop(mask)) {
            return Plane.of(cut, 1 / 255.0);
        }
    }

    long nativeBytes() {
        return object.nativeBytes() + background.nativeBytes();
    }

    void save(DataOutput out) throws IOException {
        object.save(out);
        background.save(out);
    }

    /// Reads what [#save] wrote, of a grid of at most so many cells.
    static Reference restore(int maxCells, DataInput in) throws IOException {
        return new Reference(NearestNeighbours.restore(maxCells, in), NearestNeighbours.restore(maxCells, in));
    }

    @Override
    public void close() {
        object.close();
        background.close();
    }
}
