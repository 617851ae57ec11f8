package dev.aerie.vision.segment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Distances of [Descriptors] to their nearest neighbours in a set. Owns native memory.
///
/// The squared distance of q and s is |q|² - 2 (q·s - |s|²/2); the bracket is one product of matrices, because
/// the last number of a row is 1 in a query and -|s|²/2 in the set.
final class NearestNeighbours implements AutoCloseable {

    private static final int LENGTH = Descriptors.LENGTH;
    private static final int QUERY_BATCH = 64;

    static {
        // Products this small are slower with several threads, which wait in a busy loop.
        openblas_nolapack.blas_set_num_threads(1);
    }

    private final int count;
    private final FloatPointer set;
    private final FloatPointer products;

    NearestNeighbours(Descriptors rows) {
        count = rows.count();
        float[] values = rows.values().clone();
        for (int i = 0; i < count; i++) {
            values[i * LENGTH + LENGTH - 1] = -rows.halfSquare(i);
        }
        set = new FloatPointer(Math.max(1, values.length));
        set.put(values, 0, values.length);
        products = new FloatPointer((long) Math.max(1, count) * QUERY_BATCH);
    }

    int count() {
        return count;
    }

    /// For each query, the distance to the nearest; all `maxDistance` where the set is empty.
    float[] distances(Descriptors queries, float maxDistance) {
        var distances = new float[queries.count()];
        if (count == 0) {
            Arrays.fill(distances, maxDistance);
            return distances;
        }
        try (var rows = new FloatPointer(queries.values())) {
            for (int first = 0; first < queries.count(); first += QUERY_BATCH) {
                int some = Math.min(QUERY_BATCH, queries.count() - first);
                multiply(rows.position((long) first * LENGTH), some);
                maxima(some, distances, first);
            }
        }
        for (int i = 0; i < distances.length; i++) {
            distances[i] = (float) Math.sqrt(Math.max(0, 2 * (queries.halfSquare(i) - distances[i])));
        }
        return distances;
    }

    /// The product of each of the set with each of `some` queries, one row for each of the set.
    private void multiply(FloatPointer queries, int some) {
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                count,
                some,
                LENGTH,
                1,
                set,
                LENGTH,
                queries,
                LENGTH,
                0,
                products,
                some);
    }

    /// For each query its largest product, written to `maxima` from `first` on.
    private void maxima(int some, float[] maxima, int first) {
        try (var table = new Mat(count, some, opencv_core.CV_32FC1, products);
                var best = new Mat()) {
            opencv_core.reduce(table, best, 0, opencv_core.REDUCE_MAX);
            FloatBuffer values = best.createBuffer();
            values.get(maxima, first, some);
        }
    }

    long nativeBytes() {
        return (set.capacity() + products.capacity()) * Float.BYTES;
    }

    void save(DataOutput out) throws IOException {
        var values = new float[count * LENGTH];
        set.get(values, 0, values.length);
        ObjectTrackerState.writeFloats(out, values);
    }

    /// Reads what [#save] wrote, of at most so many rows.
    static NearestNeighbours restore(int maxRows, DataInput in) throws IOException {
        float[] values = ObjectTrackerState.readFloats(in, maxRows * LENGTH);
        return new NearestNeighbours(new Descriptors(values.length / LENGTH, values));
    }

    @Override
    public void close() {
        set.close();
        products.close();
    }
}
