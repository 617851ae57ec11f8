package dev.aerie.cli;

import dev.aerie.benchmarks.AttackBench;
import dev.aerie.benchmarks.RecordBench;
import dev.aerie.benchmarks.RelayBench;
import dev.aerie.benchmarks.SegmentBench;
import dev.aerie.benchmarks.SoakBench;
import dev.aerie.benchmarks.WorkerBench;
import dev.aerie.benchmarks.bus.BusBench;
import dev.aerie.benchmarks.ptz.PtzBench;
import dev.aerie.cli.bus.BrokerChoice;
import dev.aerie.cli.bus.InspectCommand;
import dev.aerie.cli.bus.RestartCommand;
import dev.aerie.cli.certificate.CertificateCommand;
import dev.aerie.cli.demo.Demo;
import dev.aerie.cli.demo.PtzLatency;
import dev.aerie.cli.doctor.Doctor;
import dev.aerie.cli.doctor.ServiceLibraries;
import dev.aerie.cli.eval.DenseEval;
import dev.aerie.cli.eval.MotEval;
import dev.aerie.cli.eval.SlamEval;
import dev.aerie.cli.eval.SotEval;
import dev.aerie.cli.eval.VosEval;
import dev.aerie.cli.export.ExportCommand;
import dev.aerie.cli.live.RerunCommand;
import dev.aerie.cli.models.ModelsCommand;
import dev.aerie.cli.ptz.DiscoverCommand;
import dev.aerie.cli.replay.ReplayCommand;
import dev.aerie.cli.segment.SegmentCommand;
import dev.aerie.cli.token.TokenCommand;
import dev.aerie.cli.view.ViewCommand;
import dev.aerie.host.Installation;
import dev.aerie.tls.TrustedAuthorities;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.ModelException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of `./aerie`, which runs this once it has found a JDK and built the fleet. Exit status: 0, or 1 where a
/// command failed, or 2 for wrong arguments.
@Command(name = "aerie", description = "Real-time perception for drones and cameras.", mixinStandardHelpOptions = true)
public final class Aerie {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private Aerie() {}

    public static void main(String[] arguments) {
        ROOT_LOGGER.setLevel(Level.SEVERE); // each command prints what a user needs to know
        TrustedAuthorities.startWith("aerie");
        System.exit(commandLine(System.getenv(), System.out, System.err).execute(arguments));
    }

    static CommandLine commandLine(Map<String, String> environment, PrintStream out, PrintStream err) {
        var installation = Installation.ofThisProcess();
        var store = ModelStore.of(environment);
        var models = new ModelsCommand(store, out, err, isTerminal());
        var libraries = ServiceLibraries.of(installation);
        return new CommandLine(new Aerie())
                .addSubcommand(new Demo(installation, environment, out))
                .addSubcommand(new Doctor(environment, models::installed, libraries, out))
                .addSubcommand(models)
                .addSubcommand("bench", bench(installation, store, environment, out))
                .addSubcommand(new SoakBench(store, out))
                .addSubcommand("eval", eval(store, out))
                .addSubcommand(new SegmentCommand(store, out))
                .addSubcommand(new ReplayCommand(environment, installation, out, err))
                .addSubcommand(new ExportCommand(environment, out, err))
                .addSubcommand(new ViewCommand(environment, out, err))
                .addSubcommand(new RerunCommand(environment, out, err))
                .addSubcommand(new InspectCommand(environment, installation, ZoneId.systemDefault(), out, err))
                .addSubcommand(new RestartCommand(environment, installation, InstantSource.system(), out, err))
                .addSubcommand("ptz", ptz(out))
                .addSubcommand(new TokenCommand(environment, out, err))
                .addSubcommand(new CertificateCommand(out))
                .setExecutionExceptionHandler((failure, _, _) -> exitStatus(failure, err));
    }

    private static CommandLine bench(
            Installation installation, ModelStore store, Map<String, String> environment, PrintStream out) {
        return CommandGroup.of(
                        "Speed, next to the peers in the same run.",
                        "bench relay, segment, record, worker, attack, ptz or bus")
                .addSubcommand(new RelayBench(installation, out))
                .addSubcommand(new SegmentBench(installation, store, environment, out))
                .addSubcommand(new RecordBench(installation, out))
                .addSubcommand(new WorkerBench(installation, out))
                .addSubcommand(new AttackBench(installation, out))
                .addSubcommand(new PtzBench(out, new PtzLatency(installation, out)::p95Millis))
                .addSubcommand(new BusBench(installation, () -> BrokerChoice.url(environment, installation), out));
    }

    private static CommandLine eval(ModelStore store, PrintStream out) {
        return CommandGroup.of(
                        "Accuracy on labelled data.",
                        "eval vos DIR, eval mot DIR, eval sot DIR, eval slam DIR or eval dense FLIGHT")
                .addSubcommand(new VosEval(store, out))
                .addSubcommand(new SlamEval(out))
                .addSubcommand(new DenseEval(out))
                .addSubcommand(new MotEval(out))
                .addSubcommand(new SotEval(store.directory(), out));
    }

    private static CommandLine ptz(PrintStream out) {
        return CommandGroup.of("Cameras that pan, tilt and zoom.", "ptz discover")
                .addSubcommand(new DiscoverCommand(out));
    }

    /// Wrong arguments and failures outside the program in one line; anything else is a bug, with its stack trace.
    private static int exitStatus(Exception failure, PrintStream err) throws Exception {
        if (!(failure instanceof IllegalArgumentException
                || failure instanceof IOException
                || failure instanceof ModelException)) {
            throw failure;
        }
        err.println("aerie: " + failure.getMessage());
        return failure instanceof IllegalArgumentException ? USAGE : FAILED;
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
