package dev.aerie.cli.eval;

import static java.util.Objects.requireNonNull;

import dev.aerie.evaluation.slam.ImageSequence;
import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.evaluation.slam.SlamEval;
import dev.aerie.evaluation.slam.SlamSoak;
import dev.aerie.evaluation.vos.VosEval;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.ModelException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie eval`: one method per kind of data; each returns the exit status.
@Command(name = "eval", description = "Accuracy on labelled data.", mixinStandardHelpOptions = true)
public final class Eval {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_BUILT = 2;

    private final ModelStore models;
    private final PrintStream out;
    private final PrintStream err;

    private Eval(ModelStore models, PrintStream out, PrintStream err) {
        this.models = models;
        this.out = out;
        this.err = err;
    }

    public static CommandLine commandLine(ModelStore models, PrintStream out, PrintStream err) {
        var eval = new CommandLine(new Eval(models, out, err));
        for (String notBuilt : List.of("mot")) {
            requireNonNull(eval.getSubcommands().get(notBuilt)).setUnmatchedOptionsArePositionalParams(true);
        }
        return eval;
    }

    @Command(description = "Masks: DAVIS' J and F, and speed.", mixinStandardHelpOptions = true)
    int vos(
            @Parameters(paramLabel = "DIR", description = "holds SEQUENCE/frames/*.jpg and SEQUENCE/masks/*.png")
                    Path directory,
            @Option(
                            names = "--tracker",
                            defaultValue = "bilateral",
                            paramLabel = "NAME",
                            description = "bilateral or sam2")
                    String tracker,
            @Option(
                            names = "--model",
                            defaultValue = "auto",
                            paramLabel = "NAME",
                            description = "of sam2: edgetam, sam2.1_tiny …; auto is the lightest installed")
                    String model,
            @Option(names = "--size", defaultValue = "512", paramLabel = "N", description = "of sam2: 512 or 1024")
                    int size,
            @Option(names = "--live", description = "bilateral as frame-processor runs it: smaller and faster")
                    boolean isLive,
            @Option(
                            names = "--leave-one-out",
                            description = "bilateral: each video with the weights that do best on all others")
                    boolean leavesOneOut,
            @Option(names = "--json", description = "the figures as one JSON object on the last line") boolean json) {
        try {
            var options = new VosEval.Options(directory, tracker, model, size, isLive, leavesOneOut, json);
            if (!Files.isDirectory(directory)) {
                return wrong("eval vos: no such folder: " + directory);
            }
            new VosEval(models, out).run(options);
            return 0;
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        } catch (IOException | ModelException e) {
            err.println("aerie: eval vos: " + e.getMessage());
            return FAILED;
        }
    }

    @Command(description = "Boxes with identities: not built yet.")
    int mot(@Parameters(arity = "0..*") List<String> arguments) {
        return notBuilt("mot");
    }

    @Command(description = "Camera poses: errors against the truth, and speed.", mixinStandardHelpOptions = true)
    int slam(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "DIR",
                            description = "holds frames/*.png, calib.txt or camera.yaml, poses.txt; or a flight of the"
                                    + " simulator: sim:turns?seed=7&size=640x360&fps=15&frames=900&shutter_ms=0")
                    @Nullable
                    List<String> named,
            @Option(
                            names = "--soak",
                            paramLabel = "N",
                            description = "instead of DIR: N frames of a simulated flight round and round; memory")
                    @Nullable
                    Integer soak,
            @Option(names = "--repeat", defaultValue = "1", paramLabel = "N", description = "runs; median and worst")
                    int repeat,
            @Option(
                            names = "--live",
                            description =
                                    "at the pace of the frames, the map built on a thread of its own, as the service does")
                    boolean isLive,
            @Option(names = "--peer", description = "plain five-point odometry beside it, in the same run")
                    boolean hasPeer,
            @Option(names = "--out", paramLabel = "DIR", description = "writes the trajectory, as TUM and as KITTI")
                    @Nullable
                    Path outFolder,
            @Option(names = "--json", description = "the figures as one JSON object on the last line") boolean json) {
        List<String> sources = named == null ? List.of() : named;
        if (soak != null ? !sources.isEmpty() || soak < 100 : sources.isEmpty() || repeat < 1) {
            return wrong("eval slam takes DIR [--repeat N], N at least 1; or --soak N, N at least 100");
        }
        try {
            if (soak != null) {
                return new SlamSoak(out).run(soak, isLive, json);
            }
            var options = new SlamEval.Options(repeat, isLive, hasPeer, Optional.ofNullable(outFolder), json);
            return new SlamEval(out).run(sources.stream().map(Eval::slamSource).toList(), options);
        } catch (IllegalArgumentException e) {
            return wrong("eval slam: " + e.getMessage());
        } catch (IOException e) {
            err.println("aerie: eval slam: " + e.getMessage());
            return FAILED;
        }
    }

    /// Throws [IllegalArgumentException] that says in a line what was expected.
    private static SlamEval.Source slamSource(String source) {
        if (source.startsWith(SimulatedSequence.SCHEME)) {
            return new SlamEval.Source(source, SimulatedSequence.parse(source)::open);
        }
        if (!Files.isDirectory(Path.of(source))) {
            throw new IllegalArgumentException("no such folder: " + source);
        }
        return new SlamEval.Source(source, () -> ImageSequence.open(Path.of(source)));
    }

    private int wrong(String what) {
        err.println("aerie: " + what);
        return USAGE;
    }

    private int notBuilt(String what) {
        err.println("aerie: eval " + what + " is not built yet");
        return NOT_BUILT;
    }
}
