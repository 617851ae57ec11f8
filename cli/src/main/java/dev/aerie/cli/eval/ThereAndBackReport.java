package dev.aerie.cli.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.aerie.evaluation.slam.ImageSequence;
import dev.aerie.evaluation.slam.ThereAndBack;
import dev.aerie.slam.tuning.SlamTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Lines and JSON of `./aerie eval slam --there-and-back`: for each sequence the median and the worst of its runs, each
/// figure by itself.
final class ThereAndBackReport {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;
    private final ArrayNode sequences = JSON.createArrayNode();

    ThereAndBackReport(PrintStream out) {
        this.out = out;
        out.println("%-32s %-8s %12s %8s %8s %10s %10s %12s"
                .formatted(
                        "sequence", "", "first pose s", "tracked", "submaps", "closing %", "closing °", "backwards %"));
    }

    /// - `count`: runs, with other random choices each
    void run(String name, ImageSequence sequence, int count) throws IOException {
        var runs = new ArrayList<ThereAndBack>();
        for (int i = 0; i < count; i++) {
            runs.add(ThereAndBack.run(sequence, SlamTuning.DEFAULT_SEED + i));
            print(name, "run " + (i + 1), runs.getLast());
        }
        var node = sequences.addObject().put("name", name).put("runs", count);
        for (String which : List.of("median", "worst")) {
            var figures = summary(runs, which.equals("median") ? 0.5 : 1);
            print(name, which, figures);
            var child = node.putObject(which);
            child.put("tracked_percent", figures.trackedPercent()).put("submaps", figures.submaps());
            SlamVariants.put(child, "first_pose_seconds", figures.firstPoseSeconds());
            SlamVariants.put(child, "closing_percent_of_way", figures.closingPercent());
            SlamVariants.put(child, "closing_deg", figures.closingDegrees());
            SlamVariants.put(child, "backwards_percent_of_way", figures.backwardsPercent());
        }
    }

    ArrayNode toJson() {
        return sequences;
    }

    private static ThereAndBack summary(List<ThereAndBack> runs, double badness) {
        return new ThereAndBack(
                SlamVariants.at(runs, ThereAndBack::firstPoseSeconds, badness),
                -SlamVariants.at(runs, run -> -run.trackedPercent(), badness),
                (int) SlamVariants.at(runs, ThereAndBack::submaps, badness),
                SlamVariants.at(runs, ThereAndBack::closingPercent, badness),
                SlamVariants.at(runs, ThereAndBack::closingDegrees, badness),
                SlamVariants.at(runs, ThereAndBack::backwardsPercent, badness));
    }

    private void print(String name, String which, ThereAndBack figures) {
        out.println("%-32s %-8s %12s %7.1f%% %8d %10s %10s %12s"
                .formatted(
                        name.length() > 32 ? name.substring(name.length() - 32) : name,
                        which,
                        SlamVariants.orDash(figures.firstPoseSeconds()),
                        figures.trackedPercent(),
                        figures.submaps(),
                        SlamVariants.orDash(figures.closingPercent()),
                        SlamVariants.orDash(figures.closingDegrees()),
                        SlamVariants.orDash(figures.backwardsPercent())));
    }
}
