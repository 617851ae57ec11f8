package dev.aerie.benchmarks.ptz;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Draws the error over time of several controllers, as an SVG of a few kilobytes.
final class ErrorPlot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 50;
    private static final int RIGHT = 10;
    private static final int TOP = 30;
    private static final int BOTTOM = 40;
    private static final double SAMPLE_SECONDS = 0.1;
    private static final double MOST_DEGREES = 40;
    private final String title;
    private final double heldDegrees;
    private final StringBuilder svg = new StringBuilder();

    /// - `heldDegrees`: half the width of the zone that counts as held
    ErrorPlot(String title, double heldDegrees) {
        this.title = title;
        this.heldDegrees = heldDegrees;
    }

    /// - `errors`: degrees, one every 0.1 s, the controllers in the order of the legend
    String draw(Map<Controller, List<Double>> errors) {
        double seconds = errors.values().stream().mapToInt(List::size).max().orElse(1) * SAMPLE_SECONDS;
        svg.setLength(0);
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n",
                WIDTH, HEIGHT);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", WIDTH, HEIGHT);
        add("<text x=\"%d\" y=\"18\">%s</text>%n", LEFT, title);
        axes(seconds);
        int entry = 0;
        for (var line : errors.entrySet()) {
            legend(line.getKey(), entry++);
            line(line.getKey(), line.getValue(), seconds);
        }
        svg.append("</svg>\n");
        return svg.toString();
    }

    private void axes(double seconds) {
        add(
                "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"#e8f0e8\"/>%n",
                LEFT, y(heldDegrees), WIDTH - LEFT - RIGHT, y(-heldDegrees) - y(heldDegrees));
        for (int degrees = -40; degrees <= 40; degrees += 20) {
            add(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#cccccc\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d°</text>%n",
                    LEFT, y(degrees), WIDTH - RIGHT, y(degrees), LEFT - 6, y(degrees) + 4, degrees);
        }
        for (int second = 0; second <= seconds; second += 5) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>%n",
                    x(second, seconds), HEIGHT - BOTTOM + 16, second);
        }
    }

    private void legend(Controller controller, int entry) {
        int x = LEFT + entry * 150;
        add(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"/>"
                        + "<text x=\"%d\" y=\"%d\">%s</text>%n",
                x, HEIGHT - 10, x + 20, HEIGHT - 10, colour(controller), x + 25, HEIGHT - 6, controller.label());
    }

    private void line(Controller controller, List<Double> errors, double seconds) {
        svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                .append(colour(controller))
                .append("\" points=\"");
        for (int i = 0; i < errors.size(); i++) {
            add("%.1f,%.1f ", x(i * SAMPLE_SECONDS, seconds), y(errors.get(i)));
        }
        svg.append("\"/>\n");
    }

    private static String colour(Controller controller) {
        return switch (controller) {
            case AERIE -> "#1565c0";
            case PROPORTIONAL -> "#c62828";
            case PROPORTIONAL_TUNED -> "#ef8e19";
        };
    }

    private static double x(double second, double seconds) {
        return LEFT + (WIDTH - LEFT - RIGHT) * second / seconds;
    }

    private static double y(double degrees) {
        double within = Math.clamp(degrees, -MOST_DEGREES, MOST_DEGREES);
        return TOP + (HEIGHT - TOP - BOTTOM) * (MOST_DEGREES - within) / (2 * MOST_DEGREES);
    }

    @com.google.errorprone.annotations.FormatMethod
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
