package dev.aerie.vision.segment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/// How far rows of [Descriptors] are from the nearest of a set. Owns native memory.
///
/// The squared distance of q and s is |q|² - 2 (q·s - |s|²/2); the bracket is one product of matrices, because
/// the last number of a row is 1 in a query and -|s|²/2 in the set.
final class Neighbours implements AutoCloseable {

    private static final int LENGTH = Descriptors.LENGTH;
    private static final int QUERIES_AT_ONCE = 256;

    private final int count;
    private final FloatPointer set;
    private final FloatPointer products;

    Neighbours(Descriptors rows) {
        count = rows.count();
        float[] values = rows.values().clone();
        for (int i = 0; i < count; i++) {
            values[i * LENGTH + LENGTH - 1] = -rows.halfSquare(i);
        }
        set = new FloatPointer(Math.max(1, values.length));
        set.put(values, 0, values.length);
        products = new FloatPointer((long) Math.max(1, count) * QUERIES_AT_ONCE);
    }

    int count() {
        return count;
    }

    /// For each query, the distance to the nearest; all `farthest` where the set is empty.
    float[] distances(Descriptors queries, float farthest) {
        var distances = new float[queries.count()];
        if (count == 0) {
            Arrays.fill(distances, farthest);
            return distances;
        }
        try (var rows = new FloatPointer(queries.values())) {
            var products = new float[count * QUERIES_AT_ONCE];
            for (int first = 0; first < queries.count(); first += QUERIES_AT_ONCE) {
                int some = Math.min(QUERIES_AT_ONCE, queries.count() - first);
                float[] best = best(rows, first, some, products);
                for (int i = 0; i < some; i++) {
                    float square = 2 * (queries.halfSquare(first + i) - best[i]);
                    distances[first + i] = (float) Math.sqrt(Math.max(0, square));
                }
            }
        }
        return distances;
    }

    /// The largest product of each of `some` queries with any of the set.
    private float[] best(FloatPointer queries, int first, int some, float[] scratch) {
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
                queries.position((long) first * LENGTH),
                LENGTH,
                0,
                products,
                some);
        products.get(scratch, 0, count * some);
        float[] best = Arrays.copyOf(scratch, some);
        for (int row = 1; row < count; row++) {
            int at = row * some;
            for (int i = 0; i < some; i++) {
                best[i] = Math.max(best[i], scratch[at + i]);
            }
        }
        return best;
    }

    long nativeBytes() {
        return (set.capacity() + products.capacity()) * Float.BYTES;
    }

    void save(DataOutput out) throws IOException {
        var values = new float[count * LENGTH];
        set.get(values, 0, values.length);
        SavedState.writeFloats(out, values);
    }

    /// Reads what [#save] wrote, of at most so many rows.
    static Neighbours restore(int mostRows, DataInput in) throws IOException {
        float[] values = SavedState.readFloats(in, mostRows * LENGTH);
        return new Neighbours(new Descriptors(values.length / LENGTH, values));
    }

    @Override
    public void close() {
        set.close();
        products.close();
    }
}
