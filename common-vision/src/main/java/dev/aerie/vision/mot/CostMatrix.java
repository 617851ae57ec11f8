package dev.aerie.vision.mot;

/// A matrix of costs, whose memory is used again from frame to frame.
final class CostMatrix {

    private double[] costs = new double[0];
    private int rows;
    private int columns;

    /// Makes it of this size; its values are undefined until they are set.
    void resize(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        if (costs.length < rows * columns) {
            costs = new double[2 * rows * columns];
        }
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    double get(int row, int column) {
        return costs[row * columns + column];
    }

    void set(int row, int column, double cost) {
        costs[row * columns + column] = cost;
    }
}
