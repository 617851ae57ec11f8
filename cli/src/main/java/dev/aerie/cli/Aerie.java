package dev.aerie.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What `./aerie` runs once it has found a JDK and built the fleet: one method per command.
@Command(name = "aerie", description = "Real-time perception for drones and cameras.", mixinStandardHelpOptions = true)
public final class Aerie {

    /// A command of the contract whose part of the fleet does not exist yet.
    private static final int NOT_BUILT = 2;

    private final PrintStream err;

    Aerie(PrintStream err) {
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(System.err).execute(arguments));
    }

    static CommandLine commandLine(PrintStream err) {
        var aerie = new CommandLine(new Aerie(err));
        for (String notBuilt : List.of("eval", "replay")) {
            requireNonNull(aerie.getSubcommands().get(notBuilt), notBuilt).setUnmatchedOptionsArePositionalParams(true);
        }
        return aerie;
    }

    @Command(description = "Accuracy on labelled data: not built yet.")
    int eval(@Parameters(arity = "0..*", paramLabel = "vos|mot|slam DIR") List<String> arguments) {
        return notBuilt("eval", arguments);
    }

    @Command(description = "A recording through the fleet again: not built yet.")
    int replay(@Parameters(arity = "0..*", paramLabel = "RECORDING") List<String> arguments) {
        return notBuilt("replay", arguments);
    }

    private int notBuilt(String command, List<String> arguments) {
        String what = arguments.isEmpty() ? command : command + " " + arguments.getFirst();
        err.println("aerie: " + what + " is not built yet");
        return NOT_BUILT;
    }
}
