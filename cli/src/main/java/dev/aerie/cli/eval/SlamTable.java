package dev.aerie.cli.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `./aerie eval slam --table`: each flight of a list in each size, with and without what a service's frames suffer,
/// over many towns, as a table of medians and worst runs. A row is printed as soon as it is known.
record SlamTable(PrintStream out) {

    private static final int KILOBITS_PER_SECOND = 1000;
    private static final String ROLLING = "&rolling_shutter_ms=20";
    private static final List<String> FLIGHTS =
            List.of("turns?frames=300", "speeds?frames=300", "loop?frames=340", "pivot?frames=180", "crowd?frames=200");
    private static final List<String> SIZES = List.of("480x270", "640x360");
    private static final List<Mode> MODES = List.of(
            new Mode("clean", "", false, false),
            new Mode("with IMU", "", true, false),
            new Mode("H.264, 1 Mbit/s", "", false, true),
            new Mode("rolling shutter, 20 ms", ROLLING, false, false),
            new Mode("all three", ROLLING, true, true));

    /// - `added`: to the flight's name
    private record Mode(String name, String added, boolean isInertial, boolean isCoded) {

        SlamInput input() {
            return isCoded ? SlamInput.coded(KILOBITS_PER_SECOND) : new SlamInput();
        }
    }

    /// Returns the rows, by flight and mode.
    ///
    /// - `seeds`: `1..10`
    ObjectNode run(String seeds) throws IOException {
        var rows = JsonMapper.builder().build().createObjectNode();
        out.println("| flight | frames | tracked %, worst | ATE %, median | worst | online ATE m, median"
                + " | metre wrong by %, median | worst |");
        out.println("| --- | --- | --: | --: | --: | --: | --: | --: |");
        for (String flight : FLIGHTS) {
            for (String size : SIZES) {
                for (var mode : MODES) {
                    String source = "sim:" + flight + "&fps=10&size=" + size + mode.added();
                    var variants = SlamVariants.ofSeeds(source, seeds, mode.isInertial());
                    var row = new SlamVariants(silent(), false, mode.input()).run(variants);
                    rows.set(source + ", " + mode.name(), row);
                    String name = flight.substring(0, flight.indexOf('?'));
                    out.println("| `%s` %s | %s | %s |".formatted(name, size, mode.name(), figures(row)));
                }
            }
        }
        return rows;
    }

    private static String figures(JsonNode row) {
        var median = row.path("median");
        var worst = row.path("worst");
        return String.join(
                " | ",
                figure(worst, "tracked_percent", "%.1f"),
                figure(median, "ate_percent_of_way", "%.2f"),
                figure(worst, "ate_percent_of_way", "%.2f"),
                figure(median, "online_ate_rmse_m", "%.2f"),
                figure(median, "scale_error_percent", "%.2f"),
                figure(worst, "scale_error_percent", "%.2f"));
    }

    /// – where it is not known.
    private static String figure(JsonNode figures, String name, String format) {
        double value = figures.path(name).asDouble(Double.NaN);
        return Double.isFinite(value) ? format.formatted(value) : "–";
    }

    private static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
