package dev.aerie.evaluation.mot;

import dev.aerie.messages.Box;

/// One line of a MOT Challenge text file.
///
/// - `frame`: from 1
/// - `id`: of the object; -1 for a detection
/// - `score`: the seventh column: a detection's confidence, or 0 for a true box that does not count
public record MotBox(int frame, long id, Box box, double score) {

    /// Reads `frame,id,left,top,width,height,score,…`; throws [IllegalArgumentException] that names the broken line.
    static MotBox parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length < 7) {
            throw new IllegalArgumentException("a MOT line has at least 7 fields, was '" + line + "'");
        }
        try {
            var box = new Box(number(fields[2]), number(fields[3]), number(fields[4]), number(fields[5]));
            return new MotBox((int) number(fields[0]), (long) number(fields[1]), box, number(fields[6]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a MOT line has numbers, was '" + line + "'", e);
        }
    }

    private static double number(String field) {
        return Double.parseDouble(field.strip());
    }
}
