package dev.aerie.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program that a test needs and a machine may lack: the test is skipped then, with a line that says so.
///
/// - `command`: its path, behind what it is started by
public record Tool(List<String> command) {

    private static final long LIMIT_SECONDS = 120;
    private static final List<String> AS_NOBODY = List.of("--reuid=65534", "--regid=65534", "--clear-groups");

    public Tool {
        command = List.copyOf(command);
    }

    public static Tool require(String name) {
        var program = onPath(name);
        assumeTrue(program.isPresent(), () -> "skipped: " + name + " is not on this machine");
        return new Tool(List.of(program.orElseThrow().toString()));
    }

    /// The same as a user without rights where this process is root's, which some programs refuse.
    public Tool withoutRights() {
        if (!System.getProperty("user.name").equals("root")) {
            return this;
        }
        var command = new ArrayList<>(require("setpriv").command);
        command.addAll(AS_NOBODY);
        command.addAll(this.command);
        return new Tool(command);
    }

    /// Starts it in a folder, which is its home too.
    public Process start(Path home, List<String> arguments) throws IOException {
        var builder = new ProcessBuilder(
                Stream.concat(command.stream(), arguments.stream()).toList());
        builder.environment().putAll(Map.of("HOME", home.toString(), "XDG_RUNTIME_DIR", home.toString()));
        return builder.directory(home.toFile())
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("log").toFile())
                .start();
    }

    /// Runs it to its end and returns what it printed; fails where it does.
    public String run(Path home, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(home, arguments);
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String log = Files.readString(home.resolve("log"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", command, log).isZero();
        return Files.readString(home.resolve("out"), StandardCharsets.UTF_8).strip();
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
