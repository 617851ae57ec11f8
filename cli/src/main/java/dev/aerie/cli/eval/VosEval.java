package dev.aerie.cli.eval;

import static java.util.Objects.requireNonNull;

import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.evaluation.vos.LeaveOneOut;
import dev.aerie.evaluation.vos.LeaveOneOut.Candidate;
import dev.aerie.evaluation.vos.VosRun;
import dev.aerie.evaluation.vos.VosScore;
import dev.aerie.evaluation.vos.VosSequence;
import dev.aerie.settings.Device;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.segment.BilateralConfig;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.tracker.DetectorInput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie eval vos`: accuracy and speed of a mask tracker on labelled videos.
@Command(name = "vos", description = "Masks: DAVIS' J and F, and speed.", mixinStandardHelpOptions = true)
public final class VosEval implements Callable<Integer> {

    private static final List<String> TRACKERS = List.of(BilateralTrackers.NAME, Sam2Trackers.NAME);

    /// Weights to try with --leave-one-out.
    private static final float[] SHAPES = {0.7f, 0.35f, 1.4f};
    private static final float[] MATCHES = {1.5f, 0.75f, 3};

    private static final int ALL_CORES = 0;

    private final ModelStore models;
    private final PrintStream out;

    @Parameters(
            paramLabel = "DIR",
            description = "holds SEQUENCE/frames/*.jpg and SEQUENCE/masks/*.png; with --auto also a flight of the"
                    + " simulator: sim:patrol?size=640x360&fps=30&frames=120; or sim:twins?size=640x360&fps=30,"
                    + " where two people who look alike pass each other: whose mask is on whom afterwards")
    private @Nullable String source;

    @Option(names = "--tracker", defaultValue = "bilateral", paramLabel = "NAME", description = "bilateral or sam2")
    private String tracker = "";

    @Option(
            names = "--model",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "of sam2: edgetam, sam2.1_tiny …; auto is the lightest installed")
    private String model = "";

    @Option(names = "--size", defaultValue = "512", paramLabel = "N", description = "of sam2: 512 or 1024")
    private int size;

    @Option(names = "--live", description = "bilateral as frame-processor runs it: smaller and faster")
    private boolean isLive;

    @Option(
            names = "--leave-one-out",
            description = "bilateral: each video with the weights that are best on all others")
    private boolean leavesOneOut;

    @Option(
            names = "--auto",
            description = "without a prompt: the whole pipeline as frame-processor runs it, beside it the detector"
                    + " alone, and both on worlds that stand still")
    private boolean isAuto;

    @Option(
            names = "--detector",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "of --auto: auto, motion, motion_network, yolox_nano, nanodet or an ONNX file")
    private String detector = "";

    @Option(
            names = "--detector-size",
            defaultValue = "640",
            paramLabel = "PIXELS",
            description = "of --auto: DETECTOR_SIZE")
    private int detectorSize;

    @Option(names = "--tiles", defaultValue = "1", paramLabel = "N", description = "of --auto: DETECTOR_TILES")
    private int tiles;

    @Option(
            names = "--seeds",
            defaultValue = "1..5",
            paramLabel = "A..B",
            description = "of --auto and sim:twins: of the simulator's worlds")
    private String seeds = "";

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    public VosEval(ModelStore models, PrintStream out) {
        this.models = models;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, ModelException {
        if (!TRACKERS.contains(tracker)) {
            throw new IllegalArgumentException(
                    "--tracker: no tracker '" + tracker + "', there are: " + String.join(", ", TRACKERS));
        }
        if (isAuto && (isLive || leavesOneOut)) {
            throw new IllegalArgumentException("--auto runs as the service does, without --live and --leave-one-out");
        }
        if ((isLive || leavesOneOut) && !tracker.equals(BilateralTrackers.NAME)) {
            throw new IllegalArgumentException("--live and --leave-one-out are of tracker bilateral");
        }
        if (isAuto) {
            return new VosAutoEval(models, out, json)
                    .run(requireNonNull(source), tracker, detector, new DetectorInput(detectorSize, tiles), seeds);
        }
        if (requireNonNull(source).startsWith(SimulatedSequence.SCHEME)) {
            return new VosTwinsEval(out, json).run(source, seeds, this::open);
        }
        Path folder = Path.of(source);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("eval vos: no such folder: " + folder);
        }
        List<VosSequence> sequences = VosSequence.readAll(folder);
        VosReport report = leavesOneOut ? leaveOneOut(sequences) : score(sequences);
        out.println(VosReport.line(report.mean()));
        if (json) {
            out.println(report.toJson());
        }
        return 0;
    }

    private BilateralConfig config() {
        return isLive ? BilateralConfig.LIVE : BilateralConfig.DEFAULT;
    }

    private VosReport score(List<VosSequence> sequences) throws IOException, ModelException {
        try (var trackers = open(true)) {
            out.println(VosReport.HEADING);
            var scores = new ArrayList<VosScore>();
            for (var sequence : sequences) {
                scores.add(new VosRun(trackers).score(sequence));
                out.println(VosReport.line(scores.getLast()));
            }
            return new VosReport(trackers.name(), trackers.model(), scores);
        }
    }

    private MaskTracker.Factory open(boolean isSelective) throws ModelException {
        return tracker.equals(Sam2Trackers.NAME)
                ? Sam2Trackers.openInstalled(
                        models,
                        model,
                        size,
                        TrackerLimits.DEFAULT,
                        (isSelective ? MemoryPolicy.SELECTIVE : MemoryPolicy.ALL).config(),
                        Precision.FP32,
                        InferenceDevice.of(Device.AUTO, ALL_CORES))
                : new BilateralTrackers(isSelective ? config() : config().learningAlways());
    }

    private VosReport leaveOneOut(List<VosSequence> sequences) throws IOException, ModelException {
        var candidates = new ArrayList<Candidate>();
        for (float shape : SHAPES) {
            for (float match : MATCHES) {
                var candidate = candidate(config().withWeights(shape, match), sequences);
                out.printf(
                        "%s: mean J %.3f%n",
                        candidate.name(), VosScore.mean(candidate.scores()).j());
                candidates.add(candidate);
            }
        }
        var scores = new ArrayList<VosScore>();
        out.println(VosReport.HEADING);
        for (var choice : LeaveOneOut.choose(candidates)) {
            out.println(VosReport.line(choice.score()) + "  " + choice.settings());
            scores.add(choice.score());
        }
        return new VosReport(BilateralTrackers.NAME, BilateralTrackers.NAME, scores);
    }

    private static Candidate candidate(BilateralConfig config, List<VosSequence> sequences)
            throws IOException, ModelException {
        try (var trackers = new BilateralTrackers(config)) {
            var scores = new ArrayList<VosScore>();
            for (var sequence : sequences) {
                scores.add(new VosRun(trackers).score(sequence));
            }
            return new Candidate("shape %.2f, match %.2f".formatted(config.shape(), config.match()), scores);
        }
    }
}
