package dev.aerie.cli.eval;

import static java.util.Objects.requireNonNull;

import dev.aerie.evaluation.mot.CrowdTiming;
import dev.aerie.evaluation.mot.MotLeaveOneOut;
import dev.aerie.evaluation.mot.MotRun;
import dev.aerie.evaluation.mot.MotSequence;
import dev.aerie.evaluation.mot.MotTrackers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie eval mot`: accuracy of a box tracker on given detections.
@Command(
        name = "mot",
        description = "Tracks on given detections: HOTA, MOTA, IDF1, identity switches, in percent.",
        mixinStandardHelpOptions = true)
public final class MotEval implements Callable<Integer> {

    private static final int WARM_UP_RUNS = 3;

    private final PrintStream out;

    @Parameters(paramLabel = "DIR", description = "holds SEQUENCE/det.txt and SEQUENCE/gt.txt, MOT Challenge text")
    private @Nullable Path directory;

    @Option(
            names = "--tracker",
            defaultValue = "botsort",
            paramLabel = "NAME",
            description = "bytetrack, ocsort or botsort; default: botsort")
    private String tracker = "";

    @Option(
            names = "--leave-one-out",
            description = "each sequence with the settings of a small grid that are best on all others")
    private boolean leavesOneOut;

    @Option(names = "--out", paramLabel = "DIR", description = "writes SEQUENCE.txt, MOT Challenge text")
    private Optional<Path> outFolder = Optional.empty();

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    public MotEval(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = requireNonNull(directory);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("eval mot: no such folder: " + folder);
        }
        var trackers = MotTrackers.named(tracker);
        var sequences = MotSequence.readAll(folder);
        if (sequences.isEmpty()) {
            throw new IOException(folder + " holds no folder with det.txt and gt.txt");
        }
        out.println(MotReport.HEADING);
        var report = new MotReport(
                tracker,
                leavesOneOut,
                leavesOneOut ? leaveOneOut(sequences, trackers) : runs(sequences, trackers),
                CrowdTiming.medianMillis(trackers.byDefault(), MotReport.CROWD));
        out.println(MotReport.line("combined", report.combined()));
        out.printf(
                "association: %.4f ms per frame; median of a crowd of %d: %.4f ms%n",
                MotRun.associationMillis(report.runs()), MotReport.CROWD, report.crowdMillis());
        write(report.runs());
        if (json) {
            out.println(report.toJson());
        }
        return 0;
    }

    private List<MotRun> runs(List<MotSequence> sequences, MotTrackers trackers) {
        warmUp(sequences, trackers);
        var runs = new ArrayList<MotRun>();
        for (var sequence : sequences) {
            runs.add(MotRun.of(sequence, trackers.byDefault().get()));
            out.println(MotReport.line(sequence.name(), runs.getLast().scores()));
        }
        return runs;
    }

    /// A service runs for days: the first frames of a fresh JVM, before JIT compilation, are not measured.
    private static void warmUp(List<MotSequence> sequences, MotTrackers trackers) {
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            sequences.forEach(
                    sequence -> MotRun.of(sequence, trackers.byDefault().get()));
        }
    }

    private List<MotRun> leaveOneOut(List<MotSequence> sequences, MotTrackers trackers) {
        var runs = new ArrayList<MotRun>();
        for (var choice : MotLeaveOneOut.choose(sequences, trackers.grid())) {
            runs.add(choice.run());
            String name = choice.run().sequence().name();
            out.println(MotReport.line(name, choice.run().scores()) + "  " + choice.settings());
        }
        return runs;
    }

    private void write(List<MotRun> runs) throws IOException {
        if (outFolder.isEmpty()) {
            return;
        }
        Files.createDirectories(outFolder.get());
        for (var run : runs) {
            run.write(outFolder.get().resolve(run.sequence().name() + ".txt"));
        }
    }
}
