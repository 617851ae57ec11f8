package dev.aerie.slam.trajectory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A text file with so many numbers on each line, apart by blanks or commas; `#` begins a comment.
final class NumberLines {

    private NumberLines() {}

    /// One array per line; throws [IOException] that names file, line and what was expected.
    static List<double[]> read(Path file, int numbersPerLine) throws IOException {
        List<double[]> rows = new ArrayList<>();
        int lineNumber = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            lineNumber++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                rows.add(parse(text, numbersPerLine, file + ":" + lineNumber));
            }
        }
        return rows;
    }

    private static double[] parse(String text, int count, String position) throws IOException {
        String[] words = text.split("[\\s,]+", -1);
        if (words.length != count) {
            throw new IOException(position + ": expected " + count + " numbers, had " + words.length);
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(words[i], position);
        }
        return numbers;
    }

    private static double number(String word, String position) throws IOException {
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IOException(position + ": expected a number, was '" + word + "'");
    }
}
