package dev.aerie.host;

import static java.util.Objects.requireNonNull;

import dev.aerie.files.PrivateFolder;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A child process; owns it until [#close], which ends it and its descendants.
public final class Child implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final long POLL_MILLIS = 50;

    /// Exit statuses of a process that was asked to end: 0, or 128 + the number of SIGINT or SIGTERM.
    private static final Set<Integer> TOLD = Set.of(0, 130, 143);

    /// Exit status of a service that cannot start with its settings.
    private static final int CANNOT_START = 2;

    /// Offset of the signal number in an exit status.
    private static final int SIGNALS = 128;

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /// Starts `command` with `environment` added to ours; its output goes to `<name>.log` in `logs`. Its standard input
    /// stays open until this process ends.
    public static Child start(String name, List<String> command, Map<String, String> environment, Path logs)
            throws PartFailedException {
        Path log = logs.resolve(name + ".log");
        return start(name, command, environment, log, Redirect.to(log.toFile()));
    }

    /// As [#start], appending to the log of the previous process of this name.
    public static Child startAgain(String name, List<String> command, Map<String, String> environment, Path logs)
            throws PartFailedException {
        Path log = logs.resolve(name + ".log");
        return start(name, command, environment, log, Redirect.appendTo(log.toFile()));
    }

    private static Child start(
            String name, List<String> command, Map<String, String> environment, Path log, Redirect output)
            throws PartFailedException {
        try {
            var _ = PrivateFolder.create(requireNonNull(log.getParent()));
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
            builder.environment().putAll(environment);
            return new Child(name, log, builder.start());
        } catch (IOException e) {
            throw new PartFailedException(name + " did not start: " + e.getMessage());
        }
    }

    /// Waits for `ready`; throws if the process ends before or `limit` passes.
    public void awaitReady(BooleanSupplier ready, Duration limit) throws PartFailedException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw new PartFailedException(name + " is not ready after " + limit.toSeconds() + " s, see " + log);
            }
            process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Throws if the process has ended, with the last line it printed.
    public void requireAlive() throws PartFailedException {
        if (!process.isAlive()) {
            int status = process.exitValue();
            String message = name + " has ended with status " + status + ": " + lastLine() + " (see " + log + ")";
            throw new PartFailedException(message, TOLD.contains(status));
        }
    }

    /// As [#requireAlive], for a process that is not ready yet.
    public void requireStarting() throws PartFailedException {
        if (!process.isAlive()) {
            throw cannotStart();
        }
    }

    /// Throws if the process has ended with the status of a permanent start failure: an invalid setting, a port in use,
    /// a missing library.
    public void requireAbleToStart() throws PartFailedException {
        if (!process.isAlive() && process.exitValue() == CANNOT_START) {
            throw cannotStart();
        }
    }

    private PartFailedException cannotStart() {
        String message = name + " cannot start: " + lastLine() + " (see " + log + ")";
        return new PartFailedException(message, TOLD.contains(process.exitValue()));
    }

    /// Cause of its end: `by signal 9`, `with status 1`.
    public String ending() {
        int status = process.exitValue();
        return status > SIGNALS ? "by signal " + (status - SIGNALS) : "with status " + status;
    }

    /// Writes a line to its standard input; ignored if the process has ended.
    public void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException _) {
            // It has ended: whoever watches it sees that.
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /// Sends SIGTERM and waits; returns the exit status, empty if it still runs after `limit`.
    public OptionalInt end(Duration limit) throws InterruptedException {
        process.destroy();
        return process.waitFor(limit) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    }

    /// Sends SIGTERM, and SIGKILL after 8 s.
    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(GRACE)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /// Its last output line, without indented lines, which are a stack trace.
    public String lastLine() {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce((_, last) -> last)
                    .map(String::strip)
                    .orElse("it printed nothing");
        } catch (IOException | RuntimeException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }
}
