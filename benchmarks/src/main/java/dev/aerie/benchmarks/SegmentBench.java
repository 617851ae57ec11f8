package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.benchmarks.SegmentGraphs.StageCost;
import dev.aerie.host.Installation;
import dev.aerie.settings.Device;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.Precision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the cost of mask tracking per stage, next to the PyTorch reference: `./aerie bench segment`.
///
/// Speed does not depend on the weights: where the publisher's are not installed, seeded weights replace them.
@Command(
        name = "segment",
        description = "Milliseconds per stage of mask tracking, next to PyTorch.",
        mixinStandardHelpOptions = true)
public final class SegmentBench implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final float OBJECTS_ARE_THERE = 5;
    private static final int MAX_OBJECTS = 64;
    private static final String ENGINE = "aerie";

    private final Installation installation;
    private final ModelStore store;
    private final Map<String, String> environment;
    private final PrintStream out;

    @Option(names = "--model", defaultValue = "edgetam", paramLabel = "NAME", description = "which")
    private String model = "";

    @Option(
            names = "--size",
            defaultValue = "512",
            paramLabel = "R",
            description = "side of the square input: 512 or 1024")
    private int size;

    @Option(
            names = "--precision",
            split = ",",
            defaultValue = "fp32",
            paramLabel = "P",
            description = "fp32, int8: rows of ours for each")
    private List<String> precisions = List.of();

    @Option(
            names = "--objects",
            split = ",",
            defaultValue = "1,5,10",
            paramLabel = "N",
            description = "numbers of objects, a row per engine each")
    private List<Integer> objects = List.of();

    @Option(names = "--threads", defaultValue = "2", paramLabel = "N", description = "of one run on the processor")
    private int threads;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "N",
            description = "time per row, three runs at least")
    private int seconds;

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    /// - `environment`: `AERIE_PYTHON` is a Python with torch, for the peer; `DEVICE` selects the inference device
    public SegmentBench(Installation installation, ModelStore store, Map<String, String> environment, PrintStream out) {
        this.installation = installation;
        this.store = store;
        this.environment = Map.copyOf(environment);
        this.out = out;
    }

    /// Prints one line per row as it is measured, and with --json all of them as JSON on the last line. Returns the
    /// exit status.
    @Override
    public Integer call() throws InterruptedException {
        if (objects.isEmpty() || objects.stream().anyMatch(count -> count < 1 || count > MAX_OBJECTS)) {
            throw new IllegalArgumentException("--objects takes numbers from 1 to 64, was " + objects);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("--threads is at least 1");
        }
        var device = InferenceDevice.of(Device.parse(environment.getOrDefault("DEVICE", "auto")), threads);
        List<Precision> parsed = precisions.stream().map(Precision::parse).toList();
        ModelGraphs modelGraphs = ModelGraphs.find(model).orElse(null);
        if (modelGraphs == null || !modelGraphs.sizes().contains(size)) {
            out.println("aerie: no graphs of " + model + " of size " + size);
            return 1;
        }
        try {
            out.println(SegmentRow.HEADING);
            var rows = new ArrayList<SegmentRow>(ours(modelGraphs, parsed, device));
            rows.addAll(peers());
            if (json) {
                out.println(JSON.writeValueAsString(Map.of("rows", rows)));
            }
            return 0;
        } catch (ModelException | IOException e) {
            out.println("aerie: " + e.getMessage());
            return 1;
        }
    }

    private List<SegmentRow> ours(ModelGraphs modelGraphs, List<Precision> parsed, InferenceDevice device)
            throws ModelException, IOException {
        var installed = store.manifest().find(model).flatMap(store::installed);
        if (installed.isPresent()) {
            return ours(modelGraphs, parsed, device, store.directory());
        }
        Path folder = Files.createTempDirectory("aerie-bench-");
        try {
            new SeededWeights(OBJECTS_ARE_THERE).write(modelGraphs.layout(), folder);
            return ours(modelGraphs, parsed, device, folder);
        } finally {
            Files.deleteIfExists(folder.resolve(modelGraphs.layout().file()));
            Files.delete(folder);
        }
    }

    private List<SegmentRow> ours(ModelGraphs modelGraphs, List<Precision> parsed, InferenceDevice device, Path weights)
            throws ModelException {
        var rows = new ArrayList<SegmentRow>();
        for (Precision precision : parsed) {
            rows.addAll(ours(modelGraphs, device, weights, precision));
        }
        return rows;
    }

    private List<SegmentRow> ours(ModelGraphs modelGraphs, InferenceDevice device, Path weights, Precision precision)
            throws ModelException {
        var rows = new ArrayList<SegmentRow>();
        try (var graphs = new SegmentGraphs(modelGraphs, size, weights, precision, device)) {
            for (int count : objects) {
                rows.add(shown(row(precision, count, graphs.measure(count, Duration.ofSeconds(seconds)))));
            }
            graphs.placements().forEach((stage, where) -> out.println(stage + " ran on " + where));
        }
        return rows;
    }

    private SegmentRow row(Precision precision, int count, Map<String, StageCost> costs) {
        var stages = new TreeMap<String, Double>();
        costs.forEach((stage, cost) -> stages.put(stage, cost.millis()));
        double total = costs.values().stream().mapToDouble(StageCost::millis).sum();
        double cpu = costs.values().stream().mapToDouble(StageCost::cpuMillis).sum();
        String engine = precision == Precision.FP32 ? ENGINE : ENGINE + " " + precision;
        return new SegmentRow(engine, model, size, count, total, cpu, stages);
    }

    private List<SegmentRow> peers() throws IOException, InterruptedException {
        String python = environment.getOrDefault("AERIE_PYTHON", "python3");
        var peer = new PytorchPeer(python, installation.root());
        if (!peer.isPresent()) {
            out.println("pytorch is not measured: " + python
                    + " lacks torch, transformers or timm (AERIE_PYTHON names another)");
            return List.of();
        }
        List<SegmentRow> rows = peer.measure(model, size, objects, threads);
        rows.forEach(this::shown);
        return rows;
    }

    private SegmentRow shown(SegmentRow row) {
        out.println(row.toLine());
        return row;
    }
}
