package dev.aerie.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Checks for a program by its version.
///
/// - `question`: the command that prints it
/// - `use`: what Aerie does with the program
record Tool(String name, List<String> question, String use) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Programs that tests and benchmarks use; the fleet runs without them.
    static final List<Tool> OPTIONAL = List.of(
            new Tool("ffmpeg", List.of("ffmpeg", "-version"), "tests"),
            new Tool("chromium", List.of("chromium", "--version"), "tests of the dashboard"),
            new Tool("gstreamer", List.of("gst-launch-1.0", "--version"), "tests"),
            new Tool(
                    "gst-rtsp-server",
                    List.of(
                            "/usr/bin/python3",
                            "-c",
                            "import gi; gi.require_version('GstRtspServer','1.0');"
                                    + "from gi.repository import GstRtspServer; print('GstRtspServer 1.0')"),
                    "tests, bench relay"),
            new Tool("vlc", List.of("dpkg-query", "-W", "vlc-bin"), "tests"),
            new Tool("go2rtc", List.of("go2rtc", "-version"), "bench relay"),
            new Tool("mediamtx", List.of("mediamtx", "--version"), "bench relay"),
            new Tool("docker", List.of("docker", "info", "-f", "engine {{.ServerVersion}}"), "tests, where it runs"));

    Finding look() {
        return answer().map(version -> Finding.ok(name, version))
                .orElseGet(() -> Finding.absent(name, "used by " + use));
    }

    /// The first line of its output; empty if it cannot be started, fails or prints nothing.
    Optional<String> answer() {
        Process process;
        try {
            process = new ProcessBuilder(question)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException _) {
            return Optional.empty();
        }
        try (var in = process.getInputStream()) {
            Thread.ofVirtual().start(() -> killLate(process));
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            boolean succeeded = process.waitFor() == 0;
            return succeeded ? text.lines().filter(line -> !line.isBlank()).findFirst() : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void killLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }
}
