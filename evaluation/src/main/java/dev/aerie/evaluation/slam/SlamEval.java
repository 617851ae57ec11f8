package dev.aerie.evaluation.slam;

import com.google.errorprone.annotations.MustBeClosed;
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

/// `./aerie eval slam`: runs a sequence through the engine and says how far it was off.
public final class SlamEval {

    private static final int WARM_UP_FRAMES = 60;

    private final PrintStream out;

    public SlamEval(PrintStream out) {
        this.out = out;
    }

    /// What the user asked for.
    ///
    /// - `isLive`: frames at the pace at which they were taken, the map built on a thread of its own, as the
    ///   service does, instead of one after the other, the same every time
    /// - `hasPeer`: with plain five-point odometry beside it
    /// - `outFolder`: where to write the median run's trajectory
    public record Options(int repeat, boolean isLive, boolean hasPeer, Optional<Path> outFolder, boolean json) {}

    /// A sequence, opened when it is its turn: a flight of the simulator is large.
    ///
    /// - `name`: as the user gave it
    public record Source(String name, Opener opener) {}

    @FunctionalInterface
    public interface Opener {
        ImageSequence open() throws IOException;
    }

    /// Runs one sequence after the other; returns the exit status: 0 if something of each was tracked.
    ///
    /// - `sources`: at least one; with several, their names are printed, written below and in the JSON
    public int run(List<Source> sources, Options options) throws IOException {
        boolean areMany = sources.size() > 1;
        var reports = new LinkedHashMap<String, SlamReport>();
        for (var source : sources) {
            out.println(areMany ? SlamReport.headingOf(source.name()) : SlamReport.headingOf(""));
            var folder = options.outFolder().map(out -> areMany ? out.resolve(fileName(source.name())) : out);
            reports.put(source.name(), run(source.opener().open(), options, folder));
        }
        if (options.json()) {
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

    private SlamReport run(ImageSequence sequence, Options options, Optional<Path> outFolder) throws IOException {
        warmUp(sequence, options.isLive());
        var report = new SlamReport(runs(sequence, options), options.hasPeer() ? peers(sequence) : Map.of());
        if (options.repeat() > 1) {
            out.println(SlamReport.line("median", report.median()));
            out.println(SlamReport.line("worst", report.worst()));
        }
        report.peers().forEach((name, line) -> out.println(SlamReport.line(name, line)));
        if (outFolder.isPresent()) {
            write(report.median(), outFolder.get());
        }
        return report;
    }

    private List<SlamReport.Line> runs(ImageSequence sequence, Options options) throws IOException {
        var lines = new ArrayList<SlamReport.Line>();
        for (int i = 0; i < options.repeat(); i++) {
            try (var engine = engine(sequence, options.isLive())) {
                var run = options.isLive() ? SequenceRun.atItsPace(sequence, engine) : SequenceRun.of(sequence, engine);
                var line = line(sequence, run);
                out.println(SlamReport.line(options.isLive() ? "slam, live" : "slam", line));
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

    /// Whether there are places enough to lay over others.
    private static boolean isWay(Trajectory trajectory) {
        var places = trajectory.poses().stream()
                .map(pose -> pose.worldFromCamera().translation())
                .toList();
        return places.size() > 2 && places.stream().anyMatch(place -> place.distanceTo(places.getFirst()) > 0);
    }

    /// A service runs for days: the first frames of a fresh JVM, not yet compiled, are not what it is judged
    /// by.
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
