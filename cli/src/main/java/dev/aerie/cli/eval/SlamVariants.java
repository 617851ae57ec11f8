package dev.aerie.cli.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.slam.DarkScore;
import dev.aerie.evaluation.slam.FivePointRun;
import dev.aerie.evaluation.slam.ImageSequence;
import dev.aerie.evaluation.slam.LoopScore;
import dev.aerie.evaluation.slam.PartsScore;
import dev.aerie.evaluation.slam.Perturbation;
import dev.aerie.evaluation.slam.SequenceRun;
import dev.aerie.evaluation.slam.SimulatedReadings;
import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.slam.mono.MonocularSlam;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.slam.tuning.SlamTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Many runs of a sequence, each another way: what comes of them in the median and at worst.
///
/// - `hasPeer`: five-point odometry runs beside the engine
/// - `input`: what becomes of the frames before the engine gets them
record SlamVariants(PrintStream out, boolean hasPeer, SlamInput input) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern SEEDS = Pattern.compile("([0-9]{1,9})\\.\\.([0-9]{1,9})");
    private static final String HEADING = "%-32s %-12s %8s %10s %14s %8s %8s %8s %6s %6s %6s %7s %7s %8s %9s"
            .formatted(
                    "run",
                    "by",
                    "tracked",
                    "ATE m",
                    "online ATE m",
                    "ATE %",
                    "ARE °",
                    "metre %",
                    "gap s",
                    "loops",
                    "wrong",
                    "blind s",
                    "blind m",
                    "sigmas",
                    "after m");

    /// One way to run.
    ///
    /// - `readings`: of an inertial sensor, if it is to be used
    /// - `seed`: of the engine's random choices
    record Variant(String name, Opener sequence, Optional<Supplier<SimulatedReadings>> readings, long seed) {}

    @FunctionalInterface
    interface Opener {
        ImageSequence open() throws IOException;
    }

    /// `count` ways through the same frames.
    static List<Variant> ofPerturbations(ImageSequence sequence, int count) {
        return Perturbation.of(count, sequence.images().size(), SlamTuning.DEFAULT_SEED).stream()
                .map(way -> new Variant(way.toString(), () -> way.applyTo(sequence), Optional.empty(), way.seed()))
                .toList();
    }

    /// A flight for each seed of the simulator; throws [IllegalArgumentException] with the expected form in one line.
    ///
    /// - `source`: `sim:turns?fps=15`
    /// - `range`: `1..10`
    /// - `isInertial`: with the readings of a MEMS sensor
    static List<Variant> ofSeeds(String source, String range, boolean isInertial) {
        var ends = SEEDS.matcher(range);
        if (!source.startsWith(SimulatedSequence.SCHEME) || !ends.matches()) {
            throw new IllegalArgumentException(
                    "eval slam: --seeds A..B is for sim:NAME, was " + range + " for " + source);
        }
        var flight = SimulatedSequence.parse(source);
        return LongStream.rangeClosed(Long.parseLong(ends.group(1)), Long.parseLong(ends.group(2)))
                .mapToObj(seed -> new Variant(
                        "seed " + seed,
                        () -> flight.withSeed(seed).open(),
                        isInertial || flight.toldReadoutSeconds() > 0
                                ? Optional.of(() -> readings(flight, seed, isInertial))
                                : Optional.empty(),
                        SlamTuning.DEFAULT_SEED + seed))
                .toList();
    }

    private static SimulatedReadings readings(SimulatedSequence flight, long seed, boolean isInertial) {
        return new SimulatedReadings(flight, flight.scenario().scene(seed).trajectory(), seed, isInertial);
    }

    /// Figures of one run; NaN where nothing could be aligned to a truth.
    private record Figures(
            double trackedPercent,
            double ateMetres,
            double onlineAteMetres,
            double atePercent,
            double areDegrees,
            double scaleErrorPercent,
            double gapSeconds,
            LoopScore loops,
            Optional<DarkScore> dark) {

        static Figures of(ImageSequence sequence, SequenceRun run) {
            Optional<PartsScore> end = sequence.truth().flatMap(truth -> PartsScore.of(truth, run.poses()));
            Optional<PartsScore> online = sequence.truth().flatMap(truth -> PartsScore.of(truth, run.published()));
            return new Figures(
                    run.trackedPercent(),
                    end.map(PartsScore::ateMetres).orElse(Double.NaN),
                    online.map(PartsScore::ateMetres).orElse(Double.NaN),
                    end.map(score -> 100
                                    * score.ateMetres()
                                    / way(sequence.truth().orElseThrow()))
                            .orElse(Double.NaN),
                    end.map(PartsScore::areDegrees).orElse(Double.NaN),
                    sequence.truth().flatMap(run::scaleError).orElse(Double.NaN) * 100,
                    run.longestGapSeconds(sequence.seconds().getLast()),
                    LoopScore.of(sequence, run),
                    sequence.truth().flatMap(truth -> DarkScore.of(truth, run)));
        }

        double ofDark(ToDoubleFunction<DarkScore> figure) {
            return dark.isPresent() ? figure.applyAsDouble(dark.get()) : Double.NaN;
        }

        /// Metres.
        private static double way(Trajectory truth) {
            double sum = 0;
            for (int i = 1; i < truth.size(); i++) {
                var before = truth.poses().get(i - 1).worldFromCamera().translation();
                sum += before.distanceTo(truth.poses().get(i).worldFromCamera().translation());
            }
            return sum;
        }

        String toLine(String name, String by) {
            return "%-32s %-12s %7.1f%% %10.4f %14.4f %8.3f %8.3f %8s %6.1f %6d %6d %7s %7s %8s %9s"
                    .formatted(
                            name,
                            by,
                            trackedPercent,
                            ateMetres,
                            onlineAteMetres,
                            atePercent,
                            areDegrees,
                            orDash(scaleErrorPercent),
                            gapSeconds,
                            loops.closed(),
                            loops.wrong(),
                            orDash(ofDark(DarkScore::seconds)),
                            orDash(ofDark(DarkScore::metres)),
                            orDash(ofDark(DarkScore::sigmas)),
                            orDash(ofDark(DarkScore::metresAfter)));
        }
    }

    /// Runs all; returns for each engine and peer its `median` and `worst`, each figure by itself.
    ObjectNode run(List<Variant> variants) throws IOException {
        out.println(HEADING);
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        for (Variant variant : variants) {
            try (var opened = input.apply(variant.sequence().open(), variant.seed())) {
                run(variant, opened.sequence(), figures);
            }
        }
        var json = JSON.createObjectNode();
        figures.forEach((by, all) -> {
            var node = by.equals("slam") ? json : json.putObject(by);
            node.put("runs", all.size());
            node.put(
                    "wrong_loops",
                    all.stream().mapToInt(run -> run.loops().wrong()).sum());
            node.set("median", summary(by, "median", all, 0.5));
            node.set("worst", summary(by, "worst", all, 1));
        });
        return json;
    }

    private void run(Variant variant, ImageSequence sequence, Map<String, List<Figures>> figures) throws IOException {
        try (var engine =
                MonocularSlam.deterministic("eval", sequence.camera(), SlamTuning.DEFAULT.withSeed(variant.seed()))) {
            var run = input.run(sequence, engine, variant.readings().map(Supplier::get));
            note(variant, "slam", Figures.of(sequence, run), figures);
        }
        if (hasPeer) {
            SequenceRun peer = FivePointRun.of(sequence).ownScale();
            note(variant, "five-point", Figures.of(sequence, peer), figures);
        }
    }

    private void note(Variant variant, String by, Figures run, Map<String, List<Figures>> figures) {
        out.println(run.toLine(variant.name(), by));
        figures.computeIfAbsent(by, _ -> new ArrayList<>()).add(run);
    }

    /// - `badness`: 0.5 for the median, 1 for the worst
    private ObjectNode summary(String by, String name, List<Figures> all, double badness) {
        var figures = new Figures(
                -at(all, run -> -run.trackedPercent(), badness),
                at(all, Figures::ateMetres, badness),
                at(all, Figures::onlineAteMetres, badness),
                at(all, Figures::atePercent, badness),
                at(all, Figures::areDegrees, badness),
                at(all, Figures::scaleErrorPercent, badness),
                at(all, Figures::gapSeconds, badness),
                new LoopScore((int) at(all, run -> run.loops().closed(), badness), (int)
                        at(all, run -> run.loops().wrong(), badness)),
                all.stream().anyMatch(run -> run.dark().isPresent())
                        ? Optional.of(new DarkScore(
                                at(all, run -> run.ofDark(DarkScore::seconds), badness),
                                at(all, run -> run.ofDark(DarkScore::metres), badness),
                                at(all, run -> run.ofDark(DarkScore::sigmas), badness),
                                at(all, run -> run.ofDark(DarkScore::metresAfter), badness)))
                        : Optional.empty());
        out.println(figures.toLine(name, by));
        var node = JSON.createObjectNode();
        put(node, "scale_error_percent", figures.scaleErrorPercent());
        figures.dark().ifPresent(dark -> {
            put(node, "predicted_seconds", dark.seconds());
            put(node, "predicted_error_m", dark.metres());
            put(node, "predicted_error_sigmas", dark.sigmas());
        });
        put(node, "tracked_percent", figures.trackedPercent());
        put(node, "ate_rmse_m", figures.ateMetres());
        put(node, "ate_percent_of_way", figures.atePercent());
        put(node, "online_ate_rmse_m", figures.onlineAteMetres());
        put(node, "are_rmse_deg_aligned_by_places", figures.areDegrees());
        put(node, "longest_gap_seconds", figures.gapSeconds());
        return node;
    }

    static String orDash(double figure) {
        return Double.isNaN(figure) ? "-" : "%.3f".formatted(figure);
    }

    /// Nothing where the figure is not known.
    static void put(ObjectNode node, String name, double figure) {
        if (Double.isFinite(figure)) {
            node.put(name, Math.round(figure * 1e5) / 1e5);
        }
    }

    /// The value that `badness` of the runs do not exceed; of two in the middle the worse one. NaN, a run without a
    /// trajectory, is worse than any number.
    static <T> double at(List<T> all, ToDoubleFunction<T> figure, double badness) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, (int) (badness * sorted.length))];
    }
}
