package dev.aerie.slam.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SkylineCholeskyTest {

    /// Row 3 reaches back to column 0, the others only to their neighbour.
    private static final int[] FIRST_COLUMNS = {0, 0, 1, 0, 3, 4};

    @Test
    void solve_ofASparseSystem_givesWhatWasMultiplied() {
        var random = new SplittableRandom(5);
        int size = FIRST_COLUMNS.length;
        double[][] a = new double[size][size];
        var system = new SkylineCholesky(FIRST_COLUMNS);
        for (int row = 0; row < size; row++) {
            for (int column = FIRST_COLUMNS[row]; column <= row; column++) {
                double value = row == column ? 10 : random.nextDouble(-1, 1);
                a[row][column] = value;
                a[column][row] = value;
                system.add(row, column, value);
            }
        }
        double[] x = random.doubles(size).toArray();
        double[] b = new double[size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                b[row] += a[row][column] * x[column];
            }
        }

        assertThat(system.factor()).isTrue();
        system.solve(b);

        assertThat(b).containsExactly(x, within(1e-12));
    }

    @Test
    void factor_ofAnIndefiniteMatrix_isRefused() {
        var system = new SkylineCholesky(new int[] {0, 0});
        system.add(0, 0, 1);
        system.add(1, 0, 2);
        system.add(1, 1, 1);

        assertThat(system.factor()).isFalse();
    }

    @Test
    void factor_ofNaN_isRefused() {
        var system = new SkylineCholesky(new int[] {0});
        system.add(0, 0, Double.NaN);

        assertThat(system.factor()).isFalse();
    }
}
