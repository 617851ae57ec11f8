package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.benchmarks.SegmentGraphs.StageCost;
import dev.aerie.host.Installation;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measures what following objects costs, stage by stage, beside the PyTorch reference: `./aerie bench segment`.
///
/// Speed does not depend on what a net has learned: where the publisher's weights are not installed, weights by formula
/// stand in.
public final class SegmentBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final float OBJECTS_ARE_THERE = 5;
    private static final String ENGINE = "aerie";

    private final Installation installation;
    private final ModelStore store;
    private final String python;
    private final PrintStream out;

    /// - `python`: the interpreter that has torch, for the peer
    public SegmentBench(Installation installation, ModelStore store, String python, PrintStream out) {
        this.installation = installation;
        this.store = store;
        this.python = python;
        this.out = out;
    }

    /// Prints one line per row as it is measured, and all of them as JSON on the last line if asked. Returns the exit
    /// status.
    public int run(SegmentOptions options, boolean json) throws InterruptedException {
        ModelGraphs modelGraphs = ModelGraphs.find(options.model()).orElse(null);
        if (modelGraphs == null || !modelGraphs.sizes().contains(options.size())) {
            out.println("aerie: no graphs of " + options.model() + " of size " + options.size());
            return 1;
        }
        try {
            out.println(SegmentRow.HEADING);
            var rows = new ArrayList<SegmentRow>(ours(modelGraphs, options));
            rows.addAll(peers(options));
            if (json) {
                out.println(JSON.writeValueAsString(Map.of("rows", rows)));
            }
            return 0;
        } catch (ModelException | IOException e) {
            out.println("aerie: " + e.getMessage());
            return 1;
        }
    }

    private List<SegmentRow> ours(ModelGraphs modelGraphs, SegmentOptions options) throws ModelException, IOException {
        var installed = store.manifest().find(options.model()).flatMap(store::installed);
        if (installed.isPresent()) {
            return ours(modelGraphs, options, store.directory());
        }
        Path folder = Files.createTempDirectory("aerie-bench-");
        try {
            new SeededWeights(OBJECTS_ARE_THERE).write(modelGraphs.layout(), folder);
            return ours(modelGraphs, options, folder);
        } finally {
            Files.deleteIfExists(folder.resolve(modelGraphs.layout().file()));
            Files.delete(folder);
        }
    }

    private List<SegmentRow> ours(ModelGraphs modelGraphs, SegmentOptions options, Path weights) throws ModelException {
        var rows = new ArrayList<SegmentRow>();
        for (Precision precision : options.precisions()) {
            rows.addAll(ours(modelGraphs, options, weights, precision));
        }
        return rows;
    }

    private List<SegmentRow> ours(ModelGraphs modelGraphs, SegmentOptions options, Path weights, Precision precision)
            throws ModelException {
        var rows = new ArrayList<SegmentRow>();
        var inferenceDevice = InferenceDevice.of(options.device(), options.threads());
        try (var graphs = new SegmentGraphs(modelGraphs, options.size(), weights, precision, inferenceDevice)) {
            for (int objects : options.objects()) {
                rows.add(shown(row(options, precision, objects, graphs.measure(objects, options.measureFor()))));
            }
            graphs.placements().forEach((stage, where) -> out.println(stage + " ran on " + where));
        }
        return rows;
    }

    private static SegmentRow row(
            SegmentOptions options, Precision precision, int objects, Map<String, StageCost> costs) {
        var stages = new TreeMap<String, Double>();
        costs.forEach((stage, cost) -> stages.put(stage, cost.millis()));
        double total = costs.values().stream().mapToDouble(StageCost::millis).sum();
        double cpu = costs.values().stream().mapToDouble(StageCost::cpuMillis).sum();
        String engine = precision == Precision.FP32 ? ENGINE : ENGINE + " " + precision;
        return new SegmentRow(engine, options.model(), options.size(), objects, total, cpu, stages);
    }

    private List<SegmentRow> peers(SegmentOptions options) throws IOException, InterruptedException {
        var peer = new PytorchPeer(python, installation.root());
        if (!peer.isPresent()) {
            out.println("pytorch is not measured: " + python
                    + " lacks torch, transformers or timm (AERIE_PYTHON names another)");
            return List.of();
        }
        List<SegmentRow> rows = peer.measure(options);
        rows.forEach(this::shown);
        return rows;
    }

    private SegmentRow shown(SegmentRow row) {
        out.println(row.toLine());
        return row;
    }
}
