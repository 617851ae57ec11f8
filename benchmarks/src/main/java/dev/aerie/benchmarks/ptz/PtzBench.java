package dev.aerie.benchmarks.ptz;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.scenario.FollowRun;
import dev.aerie.ptz.scenario.Knowledge;
import dev.aerie.ptz.scenario.RunScore;
import dev.aerie.ptz.scenario.Scenarios;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures how well a target is kept in view, next to the documents' rule, in virtual time: `./aerie bench ptz`.
///
/// Seeds count from 1; the constants of the controller were chosen with seeds from 1000 on.
@Command(
        name = "ptz",
        description = "How well a simulated PTZ camera keeps a target in view, next to the plain rule.",
        mixinStandardHelpOptions = true)
public final class PtzBench implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_SEEDS = 100;
    private static final long PLOTTED_SEED = 1;

    private final PrintStream out;
    private final Supplier<OptionalDouble> latencyMillis;

    @Option(names = "--seeds", defaultValue = "10", paramLabel = "N", description = "runs per row")
    private int seeds;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "NAME",
            description = "step, ramp, sine, random_walk, group, crossing, approach; all by default")
    private List<String> scenarios = List.of();

    @Option(names = "--cameras", split = ",", paramLabel = "NAME", description = "personalities; all by default")
    private List<String> cameras = List.of();

    @Option(names = "--plots", paramLabel = "DIR", description = "writes one SVG per scenario there")
    private @Nullable Path plots;

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    /// - `latencyMillis`: the 95th percentile from a detection to the command, through the whole service; empty
    ///   where that is not measured
    public PtzBench(PrintStream out, Supplier<OptionalDouble> latencyMillis) {
        this.out = out;
        this.latencyMillis = latencyMillis;
    }

    /// Prints one line per row as it is measured, and with --json all of them as JSON on the last line. Returns the
    /// exit status.
    @Override
    public Integer call() throws IOException {
        if (seeds < 1 || seeds > MAX_SEEDS) {
            throw new IllegalArgumentException("--seeds takes 1 to 100, was " + seeds);
        }
        List<Scenarios> chosen = chosenScenarios();
        List<Personality> personalities = chosenCameras();
        out.println(PtzRow.HEADING);
        var rows = new ArrayList<PtzRow>();
        for (Personality personality : personalities) {
            rows.addAll(rows(personality, chosen));
        }
        if (plots != null) {
            plot(chosen, plots);
        }
        var handoffs = Handoffs.simulated(seeds);
        out.println(handoffs.toLine());
        if (json) {
            out.println(JSON.writeValueAsString(report(rows, handoffs)));
        }
        return 0;
    }

    private List<Scenarios> chosenScenarios() {
        var known = List.of(Scenarios.values());
        scenarios.stream()
                .filter(name -> known.stream().noneMatch(one -> one.label().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("--scenarios: none is called " + name);
                });
        return known.stream()
                .filter(one -> scenarios.isEmpty() || scenarios.contains(one.label()))
                .toList();
    }

    private List<Personality> chosenCameras() {
        cameras.stream()
                .filter(name -> Personalities.find(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("--cameras: none is called " + name + ", there are "
                            + Personalities.all().stream()
                                    .map(Personality::name)
                                    .toList());
                });
        return Personalities.all().stream()
                .filter(one -> cameras.isEmpty() || cameras.contains(one.name()))
                .toList();
    }

    private List<PtzRow> rows(Personality personality, List<Scenarios> chosen) {
        List<Knowledge> known = LongStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(seed -> Knowledge.measured(personality, seed))
                .toList();
        var rows = new ArrayList<PtzRow>();
        for (Scenarios scenario : chosen) {
            for (Controller controller : Controller.values()) {
                List<RunScore> runs = LongStream.rangeClosed(1, seeds)
                        .parallel()
                        .mapToObj(seed -> run(scenario, personality, controller, seed, known.get((int) seed - 1)))
                        .toList();
                rows.add(PtzRow.of(scenario.label(), personality.name(), controller, runs));
                out.println(rows.getLast().toLine());
            }
        }
        return rows;
    }

    private static RunScore run(
            Scenarios scenario, Personality personality, Controller controller, long seed, Knowledge known) {
        return controller.run(new FollowRun(scenario.of(seed), personality, seed), known);
    }

    private void plot(List<Scenarios> chosen, Path directory) throws IOException {
        Files.createDirectories(directory);
        Personality camera = Personalities.TYPICAL;
        Knowledge known = Knowledge.measured(camera, PLOTTED_SEED);
        for (Scenarios scenario : chosen) {
            var errors = new LinkedHashMap<Controller, List<Double>>();
            for (Controller controller : Controller.values()) {
                errors.put(
                        controller,
                        run(scenario, camera, controller, PLOTTED_SEED, known).errors());
            }
            Path file = directory.resolve("ptz-" + scenario.label() + ".svg");
            String title = scenario.label() + ": error across on the camera \"" + camera.name() + "\", seed "
                    + PLOTTED_SEED + "; green is held";
            Files.writeString(file, new ErrorPlot(title, held(camera.lens())).draw(errors));
            out.println("wrote " + file);
        }
    }

    private static double held(Lens lens) {
        return Math.toDegrees(Math.atan(lens.halfWidthTangent(1) / 2));
    }

    private Map<String, @Nullable Object> report(List<PtzRow> rows, Handoffs handoffs) {
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("seeds", seeds);
        report.put("rows", rows);
        report.put("handoffs", handoffs);
        OptionalDouble latency = latencyMillis.get();
        report.put("detection_to_command_p95_ms", latency.isPresent() ? latency.getAsDouble() : null);
        return report;
    }
}
