package dev.aerie.cli.eval;

import static java.util.Objects.requireNonNull;

import dev.aerie.evaluation.sot.OpenCvPeer;
import dev.aerie.evaluation.sot.SotRun;
import dev.aerie.evaluation.sot.SotScore;
import dev.aerie.evaluation.vos.VosSequence;
import dev.aerie.settings.Device;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sot.NanoTrack;
import dev.aerie.vision.sot.NanoTrackConfig;
import dev.aerie.vision.sot.NanoTrackModel;
import dev.aerie.vision.sot.SingleObjectTracker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie eval sot`: accuracy and speed of a single-object tracker on labelled videos.
@Command(
        name = "sot",
        description = "One object from the box of its first mask: success curve, precision, and speed on one core.",
        mixinStandardHelpOptions = true)
public final class SotEval implements Callable<Integer> {

    private static final List<String> TRACKERS = List.of(NanoTrack.NAME, "kcf", "csrt");
    private static final int ONE_CORE = 1;

    private final Path models;
    private final PrintStream out;

    @Parameters(paramLabel = "DIR", description = "holds SEQUENCE/frames/*.jpg and SEQUENCE/masks/*.png")
    private @Nullable Path directory;

    @Option(
            names = "--tracker",
            defaultValue = NanoTrack.NAME,
            paramLabel = "NAME",
            description = "nanotrack; or kcf or csrt, OpenCV's; default: nanotrack")
    private String tracker = "";

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    /// - `models`: the folder of installed models
    public SotEval(Path models, PrintStream out) {
        this.models = models;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, ModelException {
        if (!TRACKERS.contains(tracker)) {
            throw new IllegalArgumentException(
                    "--tracker: no tracker '" + tracker + "', there are: " + String.join(", ", TRACKERS));
        }
        Path folder = requireNonNull(directory);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("eval sot: no such folder: " + folder);
        }
        var report = new SotReport(tracker, score(VosSequence.readAll(folder)));
        out.println(SotReport.line(report.mean()));
        if (json) {
            out.println(report.toJson());
        }
        return 0;
    }

    private List<SotScore> score(List<VosSequence> sequences) throws IOException, ModelException {
        if (!tracker.equals(NanoTrack.NAME)) {
            return score(sequences, tracker.equals("kcf") ? OpenCvPeer::kcf : OpenCvPeer::csrt);
        }
        try (var model = NanoTrackModel.open(models, InferenceDevice.of(Device.CPU, ONE_CORE))) {
            return score(sequences, () -> new NanoTrack(model, NanoTrackConfig.DEFAULT));
        }
    }

    private List<SotScore> score(List<VosSequence> sequences, Supplier<SingleObjectTracker> open)
            throws IOException, ModelException {
        try (var warmUp = open.get()) {
            SotRun.score(sequences.getFirst(), warmUp);
        }
        out.println(SotReport.HEADING);
        var scores = new ArrayList<SotScore>();
        for (var sequence : sequences) {
            try (var one = open.get()) {
                scores.add(SotRun.score(sequence, one));
                out.println(SotReport.line(scores.getLast()));
            }
        }
        return scores;
    }
}
