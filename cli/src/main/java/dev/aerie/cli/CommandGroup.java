package dev.aerie.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// A command that has commands of its own; with any other word, or none, it prints which there are.
@Command(mixinStandardHelpOptions = true)
final class CommandGroup implements Callable<Integer> {

    private final String usage;

    private CommandGroup(String usage) {
        this.usage = usage;
    }

    /// - `usage`: the commands there are, in one line
    static CommandLine of(String description, String usage) {
        var group = new CommandLine(new CommandGroup(usage));
        group.getCommandSpec().usageMessage().description(description);
        return group;
    }

    @Parameters(arity = "0..*", hidden = true)
    void others(List<String> words) {
        // Any other word is answered by the usage.
    }

    @Override
    public Integer call() {
        throw new IllegalArgumentException(usage);
    }
}
