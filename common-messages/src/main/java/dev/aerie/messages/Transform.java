package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.IntStream;

/// A rotation and a translation as a 4 × 4 matrix; `rowMajor` has 16 numbers. On the wire four rows of four.
public record Transform(List<Double> rowMajor) {

    private static final int SIZE = 4;
    private static final double TOLERANCE = 1e-3;

    public Transform {
        rowMajor = List.copyOf(Require.present("pose", rowMajor));
        Require.rule(rowMajor.size() == SIZE * SIZE, "pose must have 4 × 4 numbers, had " + rowMajor.size());
        rowMajor.forEach(value -> Require.finite("pose", value));
        Require.rule(
                rowMajor.subList(12, 16).equals(List.of(0.0, 0.0, 0.0, 1.0)),
                "pose must end in the row 0 0 0 1, was " + rowMajor.subList(12, 16));
        Require.rule(isRotation(rowMajor), "pose must begin with a rotation: orthonormal rows, determinant 1");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Transform ofRows(List<List<Double>> rows) {
        Require.rule(
                rows.size() == SIZE && rows.stream().allMatch(row -> row.size() == SIZE),
                "pose must be 4 rows of 4 numbers");
        return new Transform(rows.stream().flatMap(List::stream).toList());
    }

    @JsonValue
    List<List<Double>> toRows() {
        return IntStream.range(0, SIZE)
                .mapToObj(row -> rowMajor.subList(row * SIZE, (row + 1) * SIZE))
                .toList();
    }

    /// One number, row and column from 0.
    public double at(int row, int column) {
        return rowMajor.get(row * SIZE + column);
    }

    private static boolean isRotation(List<Double> m) {
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) {
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += m.get(a * SIZE + k) * m.get(b * SIZE + k);
                }
                if (Math.abs(dot - (a == b ? 1 : 0)) > TOLERANCE) {
                    return false;
                }
            }
        }
        return determinant(m) > 0;
    }

    private static double determinant(List<Double> m) {
        return m.get(0) * (m.get(5) * m.get(10) - m.get(6) * m.get(9))
                - m.get(1) * (m.get(4) * m.get(10) - m.get(6) * m.get(8))
                + m.get(2) * (m.get(4) * m.get(9) - m.get(5) * m.get(8));
    }
}
