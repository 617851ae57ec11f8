package dev.aerie.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// A command of the contract whose part of the fleet does not exist yet: exit status 2, whatever its arguments.
@Command(description = "Not built yet.")
final class NotBuilt implements Callable<Integer> {

    private static final int NOT_BUILT = 2;

    private final String name;
    private final PrintStream err;

    private NotBuilt(String name, PrintStream err) {
        this.name = name;
        this.err = err;
    }

    static CommandLine of(String name, PrintStream err) {
        return new CommandLine(new NotBuilt(name, err)).setUnmatchedOptionsArePositionalParams(true);
    }

    @Parameters(arity = "0..*", hidden = true)
    void arguments(List<String> ignored) {
        // Accepted, so that the one line is about the command.
    }

    @Override
    public Integer call() {
        err.println("aerie: " + name + " is not built yet");
        return NOT_BUILT;
    }
}
