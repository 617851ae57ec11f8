package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.benchmarks.SegmentTracking.FrameCost;
import dev.aerie.host.Installation;
import dev.aerie.settings.Device;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures what a tracker takes for a frame, whole and per stage, next to the PyTorch reference's whole step, equally
/// often: `./aerie bench segment`.
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
            names = "--memory",
            split = ",",
            defaultValue = "all",
            paramLabel = "M",
            description = "all, selective: which frames our tracker remembers, rows of ours for each")
    private List<String> memories = List.of();

    @Option(
            names = "--repeats",
            defaultValue = "9",
            paramLabel = "N",
            description = "rounds per row: two frames of ours, one of the peer; the median per frame counts")
    private int repeats;

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
        if (threads < 1 || repeats < 1) {
            throw new IllegalArgumentException("--threads and --repeats are at least 1");
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
            for (String memory : memories) {
                var policy = MemoryPolicy.parse(memory);
                try (var tracking = new SegmentTracking(modelGraphs, size, weights, policy, precision, device)) {
                    for (int count : objects) {
                        rows.add(shown(row(precision, policy, count, tracking.measure(count, repeats))));
                    }
                    tracking.operationsOnCpu().forEach((graph, operations) -> warnOfCpu(graph, operations));
                }
            }
        }
        return rows;
    }

    private void warnOfCpu(String graph, int operations) {
        if (operations > 0) {
            out.println(graph + ": " + operations + " operations ran on the processor");
        }
    }

    private SegmentRow row(Precision precision, MemoryPolicy memory, int count, FrameCost cost) {
        String engine = ENGINE
                + (precision == Precision.FP32 ? "" : " " + precision)
                + (memory == MemoryPolicy.ALL ? "" : " " + memory);
        return new SegmentRow(engine, model, size, count, cost.millis(), cost.cpuMillis(), cost.stages());
    }

    private List<SegmentRow> peers() throws IOException, InterruptedException {
        String python = environment.getOrDefault("AERIE_PYTHON", "python3");
        var peer = new PytorchPeer(python, installation.root());
        if (!peer.isPresent()) {
            out.println("pytorch is not measured: " + python
                    + " lacks torch, transformers or timm (AERIE_PYTHON names another)");
            return List.of();
        }
        List<SegmentRow> rows = peer.measure(model, size, objects, threads, repeats);
        rows.forEach(this::shown);
        return rows;
    }

    private SegmentRow shown(SegmentRow row) {
        out.println(row.toLine());
        return row;
    }
}
