package dev.aerie.cli.eval;

import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.evaluation.vos.AutoRun;
import dev.aerie.evaluation.vos.AutoScore;
import dev.aerie.evaluation.vos.DavisVideo;
import dev.aerie.evaluation.vos.LabelledVideo;
import dev.aerie.evaluation.vos.SimulatedVideo;
import dev.aerie.evaluation.vos.VosSequence;
import dev.aerie.settings.Device;
import dev.aerie.vision.detect.BatchConfig;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.sam2.CorrectionRule;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.tracker.DetectorInput;
import dev.aerie.vision.tracker.Sam2Config;
import dev.aerie.vision.tracker.TrackerConfig;
import dev.aerie.vision.tracker.TrackerFactory;
import dev.aerie.vision.tracker.TrackingLimits;
import dev.aerie.vision.tracker.WholeFrameConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// `./aerie eval vos --auto`: what a user gets without prompting anything.
record VosAutoEval(ModelStore models, PrintStream out, boolean json) {

    private static final int ALL_CORES = 0;

    /// Through a town without people and cars, at a drone's pace: the parallax of its buildings is the difficulty.
    private static final String STILL_FLIGHT = "sim:town?size=640x360&fps=30&frames=120";

    /// Opens a video when its turn comes: a world of the simulator is large.
    @FunctionalInterface
    private interface Opener {
        LabelledVideo open() throws IOException;
    }

    /// - `source`: a folder of sequences, or a flight of the simulator
    /// - `range`: of the simulator's seeds, `1..5`
    int run(String source, String tracker, String detector, DetectorInput detectorInput, String range)
            throws IOException, ModelException {
        List<Opener> videos = videos(source, range);
        List<Opener> still = worlds(
                range,
                seed -> () -> SimulatedVideo.still(
                        SimulatedSequence.parse(STILL_FLIGHT).withSeed(seed)));
        var config = new TrackerConfig(
                tracker,
                new Sam2Config("auto", 512, Precision.FP32, MemoryPolicy.SELECTIVE, CorrectionRule.CONDITIONING, true),
                detector,
                "street",
                TrackingLimits.DEFAULT,
                WholeFrameConfig.DEFAULT,
                false,
                BatchConfig.NONE,
                detectorInput);
        try (var trackers = TrackerFactory.choose(
                config,
                TextSearch.without("a text detector is not evaluated"),
                models,
                InferenceDevice.of(Device.AUTO, ALL_CORES))) {
            out.println(VosAutoReport.HEADING);
            var report = new VosAutoReport(
                    trackers.trackerName(), trackers.detectorName(), score(trackers, videos), score(trackers, still));
            out.println(VosAutoReport.line(report.mean()));
            out.println(report.stillLine());
            if (json) {
                out.println(report.toJson());
            }
        }
        return 0;
    }

    private List<AutoScore> score(TrackerFactory trackers, List<Opener> videos) throws IOException, ModelException {
        var scores = new ArrayList<AutoScore>();
        for (Opener opener : videos) {
            try (var video = opener.open()) {
                scores.add(new AutoRun(trackers).score(video));
                out.println(VosAutoReport.line(scores.getLast()));
            }
        }
        return scores;
    }

    private static List<Opener> videos(String source, String range) throws IOException {
        if (source.startsWith(SimulatedSequence.SCHEME)) {
            var flight = SimulatedSequence.parse(source);
            return worlds(range, seed -> () -> SimulatedVideo.of(flight.withSeed(seed)));
        }
        if (!Files.isDirectory(Path.of(source))) {
            throw new IllegalArgumentException("eval vos: no such folder: " + source);
        }
        return VosSequence.readAll(Path.of(source)).stream()
                .<Opener>map(sequence -> () -> new DavisVideo(sequence))
                .toList();
    }

    private static List<Opener> worlds(String range, LongFunction<Opener> ofSeed) {
        return SeedRange.parse("eval vos", range).stream().map(ofSeed::apply).toList();
    }
}
