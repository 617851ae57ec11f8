package dev.aerie.cli.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.dense.DenseRun;
import dev.aerie.evaluation.dense.NetworkCost;
import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.settings.Device;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie eval dense`: surfaces of simulated flights against the true ones, and what SLAM3R's networks cost.
@Command(
        name = "dense",
        description = "Surfaces of keyframes: accuracy and completeness.",
        mixinStandardHelpOptions = true)
public final class DenseEval implements Callable<Integer> {

    private static final String USAGE =
            "eval dense takes a flight, such as sim:town?seed=7&size=640x360&fps=15&frames=600, or --cost N, N at least 1";

    private final PrintStream out;

    @Parameters(
            arity = "0..1",
            paramLabel = "FLIGHT",
            description = "of the simulator, as eval slam takes it; lens and shutter are ideal")
    private @Nullable String flight;

    @Option(
            names = "--cost",
            paramLabel = "N",
            description = "instead: N runs of each of SLAM3R's networks with weights of a formula; needs 3 GB of disk")
    private Optional<Integer> cost = Optional.empty();

    @Option(names = "--device", defaultValue = "cpu", paramLabel = "NAME", description = "with --cost: cpu or cuda")
    private String device = "";

    @Option(names = "--threads", defaultValue = "0", paramLabel = "N", description = "with --cost: of a run on the CPU")
    private int threads;

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    public DenseEval(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, ModelException {
        String source = flight;
        if ((source != null) == cost.isPresent() || cost.orElse(1) < 1 || threads < 0) {
            throw new IllegalArgumentException(USAGE);
        }
        var figures = source == null ? costs(cost.orElseThrow()) : surfaces(source);
        if (json) {
            out.println(figures);
        }
        return 0;
    }

    private ObjectNode surfaces(String source) {
        if (!source.startsWith(SimulatedSequence.SCHEME)) {
            throw new IllegalArgumentException(USAGE);
        }
        var figures = JsonMapper.builder().build().createObjectNode();
        try (var run = new DenseRun(SimulatedSequence.parse(source))) {
            run.run().forEach((name, result) -> {
                out.println(line(name, result));
                var score = result.score();
                figures.putObject(name)
                        .put("points", score.points())
                        .put("accuracy_m", score.accuracyMetres())
                        .put("accuracy_median_m", score.accuracyMedianMetres())
                        .put("completeness_m", score.completenessMetres())
                        .put("completeness_median_m", score.completenessMedianMetres())
                        .put("square_completeness_m", result.inSquare().completenessMetres())
                        .put("precision", score.precision())
                        .put("recall", score.recall())
                        .put("square_recall", result.inSquare().recall())
                        .put("f_score", score.fScore())
                        .put("threshold_m", score.thresholdMetres())
                        .put("keyframes", result.keyframes())
                        .put("seconds_each", result.secondsEach());
            });
        }
        return figures;
    }

    private static String line(String name, DenseRun.Result result) {
        var score = result.score();
        return String.format(
                Locale.ROOT,
                "%-22s %7d points  accuracy %.3f m (median %.3f)  completeness %.3f m (median %.3f; in the square %.3f)"
                        + "  within %.2f m: precision %.3f recall %.3f (in the square %.3f) F %.3f  %d keyframes",
                name,
                score.points(),
                score.accuracyMetres(),
                score.accuracyMedianMetres(),
                score.completenessMetres(),
                score.completenessMedianMetres(),
                result.inSquare().completenessMetres(),
                score.thresholdMetres(),
                score.precision(),
                score.recall(),
                result.inSquare().recall(),
                score.fScore(),
                result.keyframes());
    }

    private ObjectNode costs(int repeats) throws IOException, ModelException {
        var figures = JsonMapper.builder().build().createObjectNode();
        Map<String, NetworkCost.Cost> measured =
                NetworkCost.measure(InferenceDevice.of(Device.parse(device), threads), repeats);
        measured.forEach((name, each) -> {
            out.printf(Locale.ROOT, "%-30s %.3f s, %.3f s of CPU%n", name, each.seconds(), each.cpuSeconds());
            figures.putObject(name).put("seconds", each.seconds()).put("cpu_seconds", each.cpuSeconds());
        });
        return figures;
    }
}
