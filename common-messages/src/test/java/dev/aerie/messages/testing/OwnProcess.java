package dev.aerie.messages.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A process that a test started, with those that it started itself. A watchman (a shell that reads from this JVM until
/// the pipe breaks) kills it when this JVM dies without having ended it.
final class OwnProcess {

    /// Runs the command in the background and, when the input ends, kills it with its whole process group.
    private static final String WATCH = "setsid \"$@\" </dev/null & child=$!; echo $child; exec 1>&-; read -r _; "
            + "kill -CONT -$child 2>/dev/null; kill -KILL -$child 2>/dev/null; wait $child 2>/dev/null";

    private static final long POLL_MILLIS = 50;
    private static final Duration SIGNALLED = Duration.ofSeconds(5);

    private final Process watchman;
    private final ProcessHandle process;

    private OwnProcess(Process watchman, ProcessHandle process) {
        this.watchman = watchman;
        this.process = process;
    }

    static OwnProcess start(List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(Stream.concat(
                        Stream.of("sh", "-c", WATCH.replace("</dev/null", "</dev/null >>'" + log + "' 2>&1"), "sh"),
                        command.stream())
                .toList());
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process watchman = builder.start();
            long pid = Long.parseLong(watchman.inputReader().readLine().strip());
            return new OwnProcess(
                    watchman,
                    ProcessHandle.of(pid)
                            .orElseThrow(() -> new IllegalStateException(command.getFirst() + " ended at once")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Kills it and all its descendants; returns when they are gone.
    void kill(Duration limit) {
        List<ProcessHandle> all = withDescendants();
        try {
            watchman.outputWriter().close(); // the watchman kills the group
            for (ProcessHandle one : all) {
                await(one.onExit(), limit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void signal(String name) {
        for (ProcessHandle one : withDescendants()) {
            try {
                await(
                        new ProcessBuilder("kill", "-" + name, Long.toString(one.pid()))
                                .start()
                                .onExit(),
                        SIGNALLED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Whether it ends by itself within `limit`. Its watchman collects it only at the very end: until then it counts as
    /// alive, and its state says that it has ended.
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                process.onExit().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException _) {
                if (isUncollected()) {
                    return true;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return false;
    }

    private boolean isUncollected() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException _) {
            return false; // collected meanwhile, or no Linux
        }
    }

    private List<ProcessHandle> withDescendants() {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    private static void await(CompletableFuture<?> end, Duration limit) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a process did not end", e);
        }
    }
}
