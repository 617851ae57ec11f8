package dev.aerie.cli.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.evaluation.slam.FivePointRun;
import dev.aerie.evaluation.slam.ImageSequence;
import dev.aerie.evaluation.slam.SequenceRun;
import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.evaluation.slam.SlamScore;
import dev.aerie.evaluation.slam.SlamSoak;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.mono.MonocularSlam;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.slam.trajectory.TumFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie eval slam`: runs sequences through the engine and prints the errors.
@Command(
        name = "slam",
        description = "Camera poses: errors against the truth, and speed.",
        mixinStandardHelpOptions = true)
public final class SlamEval implements Callable<Integer> {

    private static final int MIN_SOAK_FRAMES = 100;
    private static final int WARM_UP_FRAMES = 60;
    private static final int THERE_AND_BACK_RUNS = 3;

    private final PrintStream out;

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR",
            description = "holds frames/*.png, calib.txt or camera.yaml, poses.txt; or a flight of the"
                    + " simulator: sim:turns?seed=7&size=640x360&fps=15&frames=900&shutter_ms=0"
                    + "&rolling_shutter_ms=0&distortion=0,0&dark=15,18")
    private @Nullable List<String> named;

    @Option(
            names = "--soak",
            paramLabel = "N",
            description = "instead of DIR: N frames of a simulated flight round and round; memory")
    private Optional<Integer> soak = Optional.empty();

    @Option(names = "--repeat", defaultValue = "1", paramLabel = "N", description = "runs; median and worst")
    private int repeat;

    @Option(
            names = "--perturb",
            paramLabel = "N",
            description = "N runs, each another way through the frames; median and worst")
    private Optional<Integer> perturb = Optional.empty();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "of a simulated flight: a run for each seed; median and worst")
    private Optional<String> seeds = Optional.empty();

    @Option(
            names = "--imu",
            description = "with --seeds: with the readings of a MEMS inertial sensor; masks may be given too")
    private boolean isInertial;

    @Option(
            names = "--table",
            description =
                    "with --seeds, instead of DIR: five flights, two sizes, clean, with an inertial sensor, coded and"
                            + " with a rolling shutter, as a table; takes hours")
    private boolean isTable;

    @Option(
            names = "--there-and-back",
            description = "forwards, then backwards, without loops: for frames whose truth nobody knows")
    private boolean isThereAndBack;

    @Option(names = "--live", description = "at the frames' pace, mapping on its own thread, as the service runs")
    private boolean isLive;

    @Option(names = "--peer", description = "plain five-point odometry in the same run")
    private boolean hasPeer;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "writes the median run's trajectory, as TUM and as KITTI")
    private Optional<Path> outFolder = Optional.empty();

    @Mixin
    private final SlamInput input = new SlamInput();

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    public SlamEval(PrintStream out) {
        this.out = out;
    }

    /// A sequence, opened on demand: a flight of the simulator is large.
    ///
    /// - `name`: as the user gave it
    private record Source(String name, Opener opener) {}

    @FunctionalInterface
    private interface Opener {
        ImageSequence open() throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        List<String> sources = named == null ? List.of() : named;
        boolean isSoak = soak.isPresent();
        input.check();
        if (isSoak ? !sources.isEmpty() || soak.get() < MIN_SOAK_FRAMES : isTable == !sources.isEmpty() || repeat < 1) {
            throw new IllegalArgumentException(
                    "eval slam takes DIR [--repeat N], N at least 1; or --soak N, N at least 100");
        }
        if ((isInertial || isTable) && seeds.isEmpty()) {
            throw new IllegalArgumentException("eval slam takes --imu and --table with --seeds A..B");
        }
        if (isSoak) {
            return new SlamSoak(out).run(soak.get(), isLive, json);
        }
        if (isTable) {
            return runTable();
        }
        if (isThereAndBack) {
            return runThereAndBack(sources);
        }
        if (perturb.isPresent() || seeds.isPresent()) {
            return runVariants(sources);
        }
        try {
            return run(sources.stream().map(SlamEval::source).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("eval slam: " + e.getMessage(), e);
        }
    }

    /// Throws [IllegalArgumentException] with the expected form in one line.
    private static Source source(String name) {
        if (name.startsWith(SimulatedSequence.SCHEME)) {
            return new Source(name, SimulatedSequence.parse(name)::open);
        }
        if (!Files.isDirectory(Path.of(name))) {
            throw new IllegalArgumentException("no such folder: " + name);
        }
        return new Source(name, () -> ImageSequence.open(Path.of(name)));
    }

    private int runTable() throws IOException {
        var rows = new SlamTable(out).run(seeds.orElseThrow());
        if (json) {
            out.println(rows);
        }
        return 0;
    }

    /// `--perturb N` says how often, each time with other random choices; three times without it.
    private int runThereAndBack(List<String> sources) throws IOException {
        int count = perturb.orElse(THERE_AND_BACK_RUNS);
        if (seeds.isPresent() || count < 1 || isLive || hasPeer || repeat > 1) {
            throw new IllegalArgumentException(
                    "eval slam takes --there-and-back with --perturb N, N at least 1, alone");
        }
        var report = new ThereAndBackReport(out);
        for (String source : sources) {
            try (var opened = input.apply(source(source).opener().open(), 0)) {
                report.run(source, opened.sequence(), count);
            }
        }
        if (json) {
            out.println(report.toJson());
        }
        return 0;
    }

    private int runVariants(List<String> sources) throws IOException {
        if ((perturb.isPresent() && seeds.isPresent()) || perturb.orElse(1) < 1 || isLive || repeat > 1) {
            throw new IllegalArgumentException(
                    "eval slam takes --perturb N, N at least 1, or --seeds A..B, without --live and --repeat");
        }
        var results = JsonMapper.builder().build().createObjectNode();
        for (String source : sources) {
            out.println(source);
            results.set(source, new SlamVariants(out, hasPeer, input).run(variants(source)));
        }
        if (json) {
            out.println(sources.size() > 1 ? results : results.get(sources.getFirst()));
        }
        return 0;
    }

    private List<SlamVariants.Variant> variants(String source) throws IOException {
        if (seeds.isPresent()) {
            return SlamVariants.ofSeeds(source, seeds.get(), isInertial);
        }
        return SlamVariants.ofPerturbations(source(source).opener().open(), perturb.orElseThrow());
    }

    /// Runs one sequence after the other; returns the exit status: 0 if at least a frame of each was tracked.
    ///
    /// - `sources`: at least one; with several, their names are printed, written below and in the JSON
    private int run(List<Source> sources) throws IOException {
        boolean areMany = sources.size() > 1;
        var reports = new LinkedHashMap<String, SlamReport>();
        for (var source : sources) {
            out.println(areMany ? SlamReport.headingOf(source.name()) : SlamReport.headingOf(""));
            var folder = outFolder.map(out -> areMany ? out.resolve(fileName(source.name())) : out);
            try (var opened = input.apply(source.opener().open(), 0)) {
                reports.put(source.name(), run(opened.sequence(), folder));
            }
        }
        if (json) {
            out.println(
                    areMany
                            ? SlamReport.toJson(reports)
                            : reports.values().iterator().next().toJson());
        }
        boolean isAnyLost = reports.values().stream()
                .anyMatch(report -> report.median().run().poses().isEmpty());
        return isAnyLost ? 1 : 0;
    }

    private static String fileName(String source) {
        return source.replaceAll("[^A-Za-z0-9._=-]+", "_");
    }

    private SlamReport run(ImageSequence sequence, Optional<Path> folder) throws IOException {
        warmUp(sequence, isLive);
        var report = new SlamReport(runs(sequence), hasPeer ? peers(sequence) : Map.of());
        if (repeat > 1) {
            out.println(SlamReport.line("median", report.median()));
            out.println(SlamReport.line("worst", report.worst()));
        }
        report.peers().forEach((name, line) -> out.println(SlamReport.line(name, line)));
        if (folder.isPresent()) {
            write(report.median(), folder.get());
        }
        return report;
    }

    private List<SlamReport.Line> runs(ImageSequence sequence) throws IOException {
        var lines = new ArrayList<SlamReport.Line>();
        for (int i = 0; i < repeat; i++) {
            try (var engine = engine(sequence, isLive)) {
                var run = isLive
                        ? SequenceRun.atItsPace(sequence, engine)
                        : input.run(sequence, engine, Optional.empty());
                var line = line(sequence, run);
                out.println(SlamReport.line(isLive ? "slam, live" : "slam", line));
                lines.add(line);
            }
        }
        return lines;
    }

    private static Map<String, SlamReport.Line> peers(ImageSequence sequence) throws IOException {
        var run = FivePointRun.of(sequence);
        var lines = new LinkedHashMap<String, SlamReport.Line>();
        lines.put("five-point", line(sequence, run.ownScale()));
        run.trueScale().ifPresent(scaled -> lines.put("five-point, true steps", line(sequence, scaled)));
        return lines;
    }

    private static SlamReport.Line line(ImageSequence sequence, SequenceRun run) {
        var estimate = run.trajectory();
        var score = sequence.truth()
                .filter(truth -> isWay(truth) && isWay(estimate))
                .map(truth -> SlamScore.of(truth, estimate));
        return new SlamReport.Line(run, score);
    }

    /// Whether there are enough different positions to align.
    private static boolean isWay(Trajectory trajectory) {
        var places = trajectory.poses().stream()
                .map(pose -> pose.worldFromCamera().translation())
                .toList();
        return places.size() > 2 && places.stream().anyMatch(place -> place.distanceTo(places.getFirst()) > 0);
    }

    /// A service runs for days: the first frames of a fresh JVM, before JIT compilation, are not measured.
    private static void warmUp(ImageSequence sequence, boolean isLive) throws IOException {
        int count = Math.min(WARM_UP_FRAMES, sequence.images().size());
        var beginning = new ImageSequence(
                sequence.images().subList(0, count),
                sequence.seconds().subList(0, count),
                sequence.camera(),
                Optional.empty());
        try (var engine = engine(sequence, isLive)) {
            SequenceRun.of(beginning, engine);
        }
    }

    @MustBeClosed
    private static SlamEngine engine(ImageSequence sequence, boolean isLive) {
        return isLive ? MonocularSlam.live("eval", sequence.camera()) : MonocularSlam.deterministic(sequence.camera());
    }

    private static void write(SlamReport.Line line, Path folder) throws IOException {
        Files.createDirectories(folder);
        var trajectory = line.run().trajectory();
        TumFile.write(trajectory, folder.resolve("trajectory_tum.txt"));
        KittiFile.write(trajectory, folder.resolve("trajectory_kitti.txt"));
    }
}
