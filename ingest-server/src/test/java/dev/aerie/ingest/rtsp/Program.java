package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A program of the machine, run for a test; [#close] ends it with all its output kept in memory until then.
public final class Program implements AutoCloseable {

    private final List<String> command;
    private final Process process;
    private final Path log;

    private Program(List<String> command, Process process, Path log) {
        this.command = command;
        this.process = process;
        this.log = log;
    }

    public static boolean isInstalled(String name) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    public static boolean hasFfmpegEncoder(String name) throws IOException, InterruptedException {
        var process = new ProcessBuilder("ffmpeg", "-v", "error", "-encoders").start();
        String list = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 && list.contains(" " + name + " ");
    }

    public static boolean hasGstElement(String name) throws IOException, InterruptedException {
        return isInstalled("gst-inspect-1.0")
                && new ProcessBuilder("gst-inspect-1.0", "--exists", name)
                                .start()
                                .waitFor()
                        == 0;
    }

    public static Program start(String... command) throws IOException {
        Path log = Files.createTempFile("aerie-test", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new Program(List.of(command), builder.start(), log);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Waits for it to end by itself with exit code 0; returns what it wrote.
    public String expectExit(int seconds) throws InterruptedException {
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        assertThat(ended)
                .as("%s ends within %d s; it wrote: %s", command, seconds, output())
                .isTrue();
        assertThat(process.exitValue())
                .as("%s; it wrote: %s", command, output())
                .isZero();
        return output();
    }

    /// Waits until it has written `text` so many times.
    public void expectOutput(String text, int times, Duration patience) throws InterruptedException {
        RelayUnderTest.until(
                times + " × '" + text + "' written by " + command,
                patience,
                () -> output().split(Pattern.quote(text), -1).length > times);
    }

    /// What it wrote so far, both streams together.
    public String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it at once.
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(log);
    }
}
