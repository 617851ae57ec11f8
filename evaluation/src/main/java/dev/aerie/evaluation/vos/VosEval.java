package dev.aerie.evaluation.vos;

import dev.aerie.evaluation.vos.LeaveOneOut.Candidate;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.segment.BilateralConfig;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./aerie eval vos`: how well a tracker of masks follows the objects of labelled videos.
public final class VosEval {

    static final List<String> TRACKERS = List.of(BilateralTrackers.NAME, Sam2Trackers.NAME);

    /// The weights that are tried where one video is left out.
    private static final float[] SHAPES = {0.7f, 0.35f, 1.4f};
    private static final float[] MATCHES = {1.5f, 0.75f, 3};

    private static final int ALL_CORES = 0;

    private final ModelStore models;
    private final PrintStream out;

    public VosEval(ModelStore models, PrintStream out) {
        this.models = models;
        this.out = out;
    }

    /// What the user asked for.
    ///
    /// - `tracker`: one of [#TRACKERS]; `model` and `size` are of `sam2`
    /// - `isLive`: `bilateral` as frame-processor runs it
    /// - `leavesOneOut`: `bilateral` with the weights that are best on all other videos
    /// - `json`: whether the last line is JSON
    public record Options(
            Path directory,
            String tracker,
            String model,
            int size,
            boolean isLive,
            boolean leavesOneOut,
            boolean json) {

        public Options {
            if (!TRACKERS.contains(tracker)) {
                throw new IllegalArgumentException(
                        "--tracker: no tracker '" + tracker + "', there are: " + String.join(", ", TRACKERS));
            }
            if ((isLive || leavesOneOut) && !tracker.equals(BilateralTrackers.NAME)) {
                throw new IllegalArgumentException("--live and --leave-one-out are of tracker bilateral");
            }
        }

        private BilateralConfig config() {
            return isLive ? BilateralConfig.LIVE : BilateralConfig.DEFAULT;
        }
    }

    public void run(Options options) throws IOException, ModelException {
        List<VosSequence> sequences = VosSequence.readAll(options.directory());
        VosReport report = options.leavesOneOut() ? leaveOneOut(options, sequences) : score(options, sequences);
        out.println(VosReport.line(report.mean()));
        if (options.json()) {
            out.println(report.toJson());
        }
    }

    private VosReport score(Options options, List<VosSequence> sequences) throws IOException, ModelException {
        try (var trackers = open(options)) {
            out.println(VosReport.HEADING);
            var scores = new ArrayList<VosScore>();
            for (var sequence : sequences) {
                scores.add(new VosRun(trackers).score(sequence));
                out.println(VosReport.line(scores.getLast()));
            }
            return new VosReport(trackers.name(), trackers.model(), scores);
        }
    }

    private MaskTracker.Factory open(Options options) throws ModelException {
        return options.tracker().equals(Sam2Trackers.NAME)
                ? Sam2Trackers.openInstalled(
                        models,
                        options.model(),
                        options.size(),
                        TrackerLimits.DEFAULT,
                        Precision.FP32,
                        InferenceDevice.of(Device.AUTO, ALL_CORES))
                : new BilateralTrackers(options.config());
    }

    private VosReport leaveOneOut(Options options, List<VosSequence> sequences) throws IOException, ModelException {
        var candidates = new ArrayList<Candidate>();
        for (float shape : SHAPES) {
            for (float match : MATCHES) {
                var candidate = candidate(options.config().withWeights(shape, match), sequences);
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

    private static Candidate candidate(BilateralConfig config, List<VosSequence> sequences) throws IOException, ModelException {
        try (var trackers = new BilateralTrackers(config)) {
            var scores = new ArrayList<VosScore>();
            for (var sequence : sequences) {
                scores.add(new VosRun(trackers).score(sequence));
            }
            return new Candidate("shape %.2f, match %.2f".formatted(config.shape(), config.match()), scores);
        }
    }
}
