package dev.aerie.cli;

import dev.aerie.benchmarks.BenchOptions;
import dev.aerie.benchmarks.RecordBench;
import dev.aerie.benchmarks.RecordOptions;
import dev.aerie.benchmarks.RelayBench;
import dev.aerie.benchmarks.SegmentBench;
import dev.aerie.benchmarks.SegmentOptions;
import dev.aerie.benchmarks.SoakBench;
import dev.aerie.benchmarks.SoakOptions;
import dev.aerie.benchmarks.WorkerBench;
import dev.aerie.benchmarks.WorkerOptions;
import dev.aerie.cli.bus.BrokerChoice;
import dev.aerie.cli.bus.InspectCommand;
import dev.aerie.cli.bus.RestartCommand;
import dev.aerie.cli.demo.Demo;
import dev.aerie.cli.demo.DemoOptions;
import dev.aerie.cli.doctor.Doctor;
import dev.aerie.cli.doctor.ServiceLibraries;
import dev.aerie.cli.eval.Eval;
import dev.aerie.cli.models.ModelsCommand;
import dev.aerie.cli.replay.ReplayCommand;
import dev.aerie.cli.replay.ReplayOptions;
import dev.aerie.host.Installation;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.sam2.Precision;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `./aerie` runs once it has found a JDK and built the fleet: one method per command; each returns the exit
/// status.
@Command(name = "aerie", description = "Real-time perception for drones and cameras.", mixinStandardHelpOptions = true)
public final class Aerie {

    /// A command of the contract whose part of the fleet does not exist yet.
    private static final int NOT_BUILT = 2;

    private static final int USAGE = 2;

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Aerie(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        ROOT_LOGGER.setLevel(Level.SEVERE); // each command says itself what a user needs to know
        System.exit(commandLine(System.getenv(), System.out, System.err).execute(arguments));
    }

    static CommandLine commandLine(Map<String, String> environment, PrintStream out, PrintStream err) {
        var aerie = new Aerie(environment, out, err);
        return new CommandLine(aerie).addSubcommand(Eval.commandLine(aerie.modelStore(), out, err));
    }

    @Command(description = "The whole fleet on this machine.", mixinStandardHelpOptions = true)
    int demo(
            @Option(names = "--video", paramLabel = "FILE", description = "the clip that the drone flies, in a loop")
                    @Nullable
                    Path video,
            @Option(names = "--seconds", paramLabel = "N", description = "stop by itself and print a summary") @Nullable
                    Integer seconds,
            @Option(names = "--headless", description = "open no browser") boolean headless,
            @Option(names = "--offline", description = "fetch no model that is missing") boolean offline,
            @Option(names = "--json", description = "the summary as one JSON object on the last line") boolean json)
            throws InterruptedException {
        if (video != null && !Files.isReadable(video)) {
            return wrong("--video: no such file: " + video);
        }
        if (seconds != null && seconds < 1) {
            return wrong("--seconds is at least 1");
        }
        var options = new DemoOptions(
                Optional.ofNullable(video).map(Path::toAbsolutePath),
                Optional.ofNullable(seconds).map(Duration::ofSeconds),
                headless,
                offline,
                json);
        return new Demo(Installation.ofThisProcess(), environment, out).run(options);
    }

    @Command(
            description = "What this machine has and lacks; of an RTSP address, what is there.",
            mixinStandardHelpOptions = true)
    int doctor(
            @Parameters(index = "0", arity = "0..1", paramLabel = "rtsp://…", description = "a stream to look at")
                    @Nullable
                    String url,
            @Option(names = "--json", description = "one JSON object on the last line") boolean json)
            throws IOException {
        if (url != null) {
            return url.startsWith("rtsp://") ? Doctor.look(url, out, json) : wrong("doctor [rtsp://…] [--json]");
        }
        return new Doctor(environment, modelDesk()::installed, ServiceLibraries.of(Installation.ofThisProcess()))
                .run(out, json);
    }

    @Command(description = "The models Aerie can use.", mixinStandardHelpOptions = true)
    int models(
            @Parameters(index = "0", paramLabel = "list|get|import", description = "what to do") String action,
            @Parameters(index = "1", arity = "0..1", paramLabel = "NAME|FILE", description = "with which model")
                    @Nullable
                    String which,
            @Option(names = "--as", paramLabel = "NAME", description = "import weights of your own as that model")
                    @Nullable
                    String as) {
        if (action.equals("list") && which == null) {
            return modelDesk().list();
        }
        if (action.equals("get") && which != null) {
            return modelDesk().get(which);
        }
        if (action.equals("import") && which != null) {
            return as == null
                    ? modelDesk().importFile(Path.of(which))
                    : modelDesk().importAs(as, Path.of(which));
        }
        return wrong("models list, models get NAME or models import FILE [--as NAME]");
    }

    @Command(description = "Speed, beside the peers in the same run.", mixinStandardHelpOptions = true)
    int bench(
            @Parameters(index = "0", paramLabel = "relay|segment|record|worker", description = "what to measure")
                    String what,
            @Option(
                            names = "--readers",
                            split = ",",
                            defaultValue = "1,20,100",
                            paramLabel = "N",
                            description = "numbers of readers")
                    List<Integer> readers,
            @Option(
                            names = "--streams",
                            split = ",",
                            defaultValue = "1,8",
                            paramLabel = "N",
                            description = "numbers of streams that are recorded")
                    List<Integer> streams,
            @Option(names = "--seconds", defaultValue = "10", paramLabel = "N", description = "time per row")
                    int seconds,
            @Option(names = "--model", defaultValue = "edgetam", paramLabel = "NAME", description = "segment: which")
                    String model,
            @Option(names = "--size", defaultValue = "512", paramLabel = "R", description = "segment: 512 or 1024")
                    int size,
            @Option(
                            names = "--precision",
                            split = ",",
                            defaultValue = "fp32",
                            paramLabel = "P",
                            description = "segment: fp32, int8")
                    List<String> precisions,
            @Option(
                            names = "--objects",
                            split = ",",
                            defaultValue = "1,5,10",
                            paramLabel = "N",
                            description = "segment: numbers of objects")
                    List<Integer> objects,
            @Option(
                            names = "--threads",
                            defaultValue = "2",
                            paramLabel = "N",
                            description = "segment: of the processor")
                    int threads,
            @Option(names = "--minutes", defaultValue = "10", paramLabel = "N", description = "worker: how long")
                    double minutes,
            @Option(names = "--video", paramLabel = "FILE", description = "worker: its stream, in a loop") @Nullable
                    Path video,
            @Option(names = "--json", description = "the figures as one JSON object on the last line") boolean json)
            throws InterruptedException {
        var measureFor = Duration.ofSeconds(seconds);
        var installation = Installation.ofThisProcess();
        try {
            return switch (what) {
                case "relay" -> new RelayBench(installation, out).run(new BenchOptions(readers, measureFor), json);
                case "record" -> new RecordBench(installation, out).run(new RecordOptions(streams, measureFor), json);
                case "segment" -> {
                    Device device = Device.parse(environment.getOrDefault("DEVICE", "auto"));
                    var options = new SegmentOptions(
                            model,
                            size,
                            objects,
                            precisions.stream().map(Precision::parse).toList(),
                            threads,
                            device,
                            measureFor);
                    yield segmentBench().run(options, json);
                }
                case "worker" -> {
                    var file = Optional.ofNullable(video).map(Path::toAbsolutePath);
                    yield new WorkerBench(installation, out).run(WorkerOptions.of(minutes, file), json);
                }
                case "bus" -> notBuilt("bench", List.of(what));
                default -> wrong("bench relay, segment, record or worker; bus is to come");
            };
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            description = "A recording through the fleet again, under its old identities.",
            mixinStandardHelpOptions = true)
    int replay(
            @Parameters(paramLabel = "RECORDING", description = "its id, as GET /api/recordings lists it")
                    String recording,
            @Option(names = "--speed", defaultValue = "1", paramLabel = "N", description = "1 is as it was")
                    double speed,
            @Option(names = "--compare", description = "print what differs from the recorded results") boolean compare,
            @Option(names = "--stream", paramLabel = "NAME", description = "show it under another name") @Nullable
                    String stream,
            @Option(names = "--storage", defaultValue = "http://127.0.0.1:5004", description = "the storage service")
                    URI storage,
            @Option(names = "--ingest", defaultValue = "http://127.0.0.1:5001", description = "the ingest server")
                    URI ingest,
            @Option(names = "--json", description = "one JSON object on the last line") boolean json)
            throws InterruptedException {
        try {
            var options = new ReplayOptions(
                    recording,
                    Optional.ofNullable(stream),
                    speed,
                    compare,
                    json,
                    storage,
                    ingest,
                    broker(),
                    Optional.ofNullable(environment.get("AERIE_USERNAME")),
                    environment.getOrDefault("AERIE_PASSWORD", ""));
            return new ReplayCommand(options, out, err).run();
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            description = "Whether a tracker's memory grows, over many frames and objects that come and go.",
            mixinStandardHelpOptions = true)
    int soak(
            @Option(names = "--tracker", defaultValue = "sam2", paramLabel = "NAME", description = "or bilateral")
                    String tracker,
            @Option(names = "--model", defaultValue = "edgetam", paramLabel = "NAME", description = "of masks")
                    String model,
            @Option(names = "--size", defaultValue = "512", paramLabel = "R", description = "512 or 1024") int size,
            @Option(names = "--frames", defaultValue = "20000", paramLabel = "N", description = "in all") int frames,
            @Option(names = "--objects", defaultValue = "3", paramLabel = "N", description = "at a time") int objects,
            @Option(names = "--frame", defaultValue = "640x360", paramLabel = "WxH", description = "its pixels")
                    String frame,
            @Option(names = "--json", description = "the rows as one JSON object on the last line") boolean json) {
        try {
            var options = new SoakOptions(tracker, model, size, frames, objects, SoakOptions.size(frame));
            return new SoakBench(modelStore(), out).run(options, json);
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            description = "Prints what passes through the broker, a line per message, until Ctrl-C.",
            mixinStandardHelpOptions = true)
    int inspect(
            @Parameters(arity = "0..1", paramLabel = "EXCHANGE", description = "which one; all without") @Nullable
                    String exchange,
            @Option(names = "--stream", paramLabel = "S", description = "messages of this stream only") @Nullable
                    String stream,
            @Option(names = "--count", paramLabel = "N", description = "end after so many") @Nullable Integer count,
            @Option(names = "--json", description = "whole bodies, one a line") boolean json)
            throws InterruptedException {
        if (count != null && count < 1) {
            return wrong("--count is at least 1");
        }
        try {
            var options = new InspectCommand.Options(
                    broker(),
                    Optional.ofNullable(exchange),
                    Optional.ofNullable(stream),
                    Optional.ofNullable(count),
                    json);
            return new InspectCommand(options, ZoneId.systemDefault(), out, err).run();
        } catch (IllegalArgumentException e) {
            return wrong("RABBITMQ_URL: " + e.getMessage());
        }
    }

    @Command(
            description = "Asks the fleet to begin its work on a stream, or on all, anew.",
            mixinStandardHelpOptions = true)
    int restart(
            @Parameters(arity = "0..1", paramLabel = "STREAM", description = "which one") @Nullable String stream,
            @Option(names = "--all", description = "every stream") boolean all,
            @Option(names = "--service", paramLabel = "S", description = "this service only: frame-processor") @Nullable
                    String service,
            @Option(
                            names = "--reason",
                            defaultValue = "asked for by an operator",
                            paramLabel = "TEXT",
                            description = "for the logs")
                    String reason)
            throws InterruptedException {
        if (all == (stream != null)) {
            return wrong("restart STREAM or restart --all");
        }
        if (reason.isBlank()) {
            return wrong("--reason is not empty");
        }
        try {
            var options = new RestartCommand.Options(
                    broker(), Optional.ofNullable(stream), Optional.ofNullable(service), reason);
            return new RestartCommand(options, InstantSource.system(), out, err).run();
        } catch (IllegalArgumentException e) {
            return wrong("RABBITMQ_URL: " + e.getMessage());
        }
    }

    private String broker() {
        return BrokerChoice.url(environment, Installation.ofThisProcess());
    }

    private SegmentBench segmentBench() {
        String python = environment.getOrDefault("AERIE_PYTHON", "python3");
        return new SegmentBench(Installation.ofThisProcess(), modelStore(), python, out);
    }

    private ModelStore modelStore() {
        Path folder = ModelStore.directory(environment, Path.of(System.getProperty("user.home")));
        return new ModelStore(folder, ModelManifest.load());
    }

    private ModelsCommand modelDesk() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new ModelsCommand(modelStore(), out, err, terminal);
    }

    private int notBuilt(String command, List<String> arguments) {
        String what = arguments.isEmpty() ? command : command + " " + arguments.getFirst();
        err.println("aerie: " + what + " is not built yet");
        return NOT_BUILT;
    }

    private int wrong(String what) {
        err.println("aerie: " + what);
        return USAGE;
    }
}
