package dev.aerie.vision.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AssignmentTest {

    @Test
    void cheapest_greedyWouldBeWrong_findsTheMinSum() {
        assertThat(Assignment.minCost(new double[][] {{1, 2}, {2, 100}})).containsExactly(1, 0);
    }

    @Test
    void cheapest_emptyOrOneSided_leavesUnpaired() {
        assertThat(Assignment.minCost(new double[0][0])).isEmpty();
        assertThat(Assignment.minCost(new double[2][0])).containsExactly(-1, -1);
        assertThat(Assignment.minCost(new double[][] {{3}, {1}, {2}})).containsExactly(-1, 0, -1);
    }

    @Test
    void cheapest_withLimit_paysNoMore() {
        assertThat(Assignment.minCost(new double[][] {{0.1, 0.9}, {0.9, 0.85}}, 0.8))
                .containsExactly(0, -1);
    }

    @Test
    void cheapest_anyShape_isAsCheapAsTryingEverything() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            double[][] cost = random(random, 1 + random.nextInt(6), 1 + random.nextInt(6));
            int[] columnOfRow = Assignment.minCost(cost);
            assertThat(Arrays.stream(columnOfRow).filter(column -> column >= 0))
                    .doesNotHaveDuplicates()
                    .hasSize(Math.min(cost.length, cost[0].length));
            assertThat(sum(cost, columnOfRow)).isCloseTo(minSum(cost), within(1e-9));
        }
    }

    private static double[][] random(Random random, int rows, int columns) {
        var cost = new double[rows][columns];
        for (double[] row : cost) {
            // Few different values make ties, negative ones make sure that zero is nothing special.
            Arrays.setAll(row, _ -> random.nextInt(12) - 4);
        }
        return cost;
    }

    private static double sum(double[][] cost, int[] columnOfRow) {
        double sum = 0;
        for (int row = 0; row < cost.length; row++) {
            sum += columnOfRow[row] < 0 ? 0 : cost[row][columnOfRow[row]];
        }
        return sum;
    }

    private static double minSum(double[][] cost) {
        int mustSkip = Math.max(0, cost.length - cost[0].length);
        return minSum(cost, 0, new boolean[cost[0].length], mustSkip);
    }

    private static double minSum(double[][] cost, int row, boolean[] taken, int mustSkip) {
        if (row == cost.length) {
            return 0;
        }
        double best = mustSkip > 0 ? minSum(cost, row + 1, taken, mustSkip - 1) : Double.POSITIVE_INFINITY;
        for (int column = 0; column < taken.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.min(best, cost[row][column] + minSum(cost, row + 1, taken, mustSkip));
                taken[column] = false;
            }
        }
        return best;
    }
}
