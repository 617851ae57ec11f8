package dev.aerie.cli.bench;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.cli.host.ProcessCost;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.models.Structure;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.segment.BilateralConfig;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lets a tracker of masks follow objects that come and go, for as many pictures as asked, and says whether its memory
/// grows: `./aerie soak`.
///
/// Without the publisher's weights it takes weights made from a formula, which cost the same.
public final class SoakBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEBIBYTE = 1 << 20;

    /// By which the last row's process may exceed the first's: what a process allocates late and once.
    private static final double TOLERANCE_MB = 64;

    /// By which the last row's objects may exceed all before: how much is kept of one may depend on its size.
    private static final double TOLERANCE_OF_MEMORY = 1.2;

    private static final float SCORE_BIAS = 3;
    private static final int BUFFERED_PICTURES = 8;

    private final ModelStore models;
    private final PrintStream out;

    public SoakBench(ModelStore models, PrintStream out) {
        this.models = models;
        this.out = out;
    }

    /// Prints a row for each tenth of the run, and all of them as JSON on the last line if asked. Returns 0 if memory
    /// stayed flat.
    public int run(SoakOptions options, boolean json) {
        try (var trackers = open(options)) {
            List<SoakRow> rows = soak(trackers, options);
            boolean flat = isFlat(rows);
            out.println(flat ? "memory is flat" : "memory grows");
            if (json) {
                out.println(JSON.writeValueAsString(Map.of("rows", rows, "flat", flat)));
            }
            return flat ? 0 : 1;
        } catch (ModelException | IOException e) {
            out.println("aerie: " + e.getMessage());
            return 1;
        }
    }

    /// Rows from the second on are compared: the first holds what is claimed once.
    static boolean isFlat(List<SoakRow> rows) {
        SoakRow early = rows.get(1);
        SoakRow late = rows.getLast();
        double before = rows.subList(1, rows.size() - 1).stream()
                .mapToDouble(SoakRow::memoryMb)
                .max()
                .orElse(0);
        return late.residentMb() - early.residentMb() < TOLERANCE_MB
                && late.heapMb() - early.heapMb() < TOLERANCE_MB
                && late.memoryMb() <= before * TOLERANCE_OF_MEMORY;
    }

    private MaskTracker.Factory open(SoakOptions options) throws ModelException, IOException {
        return options.tracker().equals(BilateralTrackers.NAME)
                ? new BilateralTrackers(BilateralConfig.DEFAULT)
                : openSam2(options);
    }

    private Sam2Trackers openSam2(SoakOptions options) throws ModelException, IOException {
        if (Sam2Trackers.find(models, options.model()).isPresent()) {
            return Sam2Trackers.openInstalled(
                    models, options.model(), options.size(), TrackerLimits.USUAL, Device.AUTO, 0);
        }
        Structure structure = Structure.find(options.model())
                .orElseThrow(() -> new ModelException("no model of masks is called " + options.model()));
        if (!structure.sizes().contains(options.size())) {
            throw new ModelException(
                    options.model() + " has no graphs of size " + options.size() + ", but " + structure.sizes());
        }
        Path folder = Files.createTempDirectory("aerie-soak-");
        try {
            new SeededWeights(SCORE_BIAS).write(structure.layout(), folder);
            return Sam2Trackers.open(structure, options.size(), folder, TrackerLimits.USUAL, Device.AUTO, 0);
        } finally {
            Files.deleteIfExists(folder.resolve(structure.layout().file()));
            Files.delete(folder);
        }
    }

    private List<SoakRow> soak(MaskTracker.Factory trackers, SoakOptions options) throws ModelException, IOException {
        var pictures = new DrawnPictures();
        var churn = new ObjectChurn(options.objects());
        var rows = new ArrayList<SoakRow>();
        out.println(SoakRow.HEADING);
        try (var tracker = trackers.open(pictures.size(), options.objects(), BUFFERED_PICTURES)) {
            for (int row = 0; row < SoakOptions.ROWS; row++) {
                var latencies = new Latencies();
                long mostBytes = 0;
                for (int i = 0; i < options.picturesPerRow(); i++) {
                    long picture = (long) row * options.picturesPerRow() + i;
                    long begun = System.nanoTime();
                    churn.step(tracker, pictures.at(picture), picture);
                    latencies.add(System.nanoTime() - begun);
                    mostBytes = Math.max(mostBytes, tracker.memory().nativeBytes());
                }
                rows.add(row((row + 1L) * options.picturesPerRow(), latencies, mostBytes, churn.came()));
                out.println(rows.getLast().toLine());
            }
        }
        return rows;
    }

    private static SoakRow row(long pictures, Latencies latencies, long mostBytes, long came) throws IOException {
        System.gc();
        return new SoakRow(
                pictures,
                requireNonNullElse(latencies.percentileMillis(50), 0.0),
                requireNonNullElse(latencies.percentileMillis(95), 0.0),
                mebibytes(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()),
                mebibytes(ProcessCost.of(ProcessHandle.current().pid()).residentBytes()),
                mebibytes(mostBytes),
                came);
    }

    private static double mebibytes(long bytes) {
        return Math.round(bytes / MEBIBYTE * 10) / 10.0;
    }
}
