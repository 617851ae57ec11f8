package dev.aerie.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.cli.Aerie;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.GstServer;
import dev.aerie.messages.testing.KillableReplica;
import dev.aerie.messages.testing.TestPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ViewIT {

    private static final Path XVFB = Path.of("/usr/bin/Xvfb");
    private static final long LIMIT_SECONDS = 90;

    @TempDir
    private Path folder;

    /// Frames of a server that is not ours, results of a fake one; a program looks at the screen, presses keys, clicks.
    @Test
    void view_streamUnderXvfb_isShownMaskedPausedPromptedAndEnded() throws Exception {
        assumeTrue(Files.isExecutable(XVFB), "skipped: Xvfb is not installed");
        TestPrograms.uses("a display", "Xvfb");
        Path number = folder.resolve("display.txt");
        var command = List.of(XVFB.toString(), "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp");
        try (var server = GstServer.start(folder);
                var display = KillableReplica.run(command, Map.of(), number)) {
            assertThat(display).isNotNull();
            Eventually.holds("a display", () -> !display(number).isEmpty());
            Path log = folder.resolve("driver.log");
            Process driver =
                    start(WindowDriver.class, Optional.of(":" + display(number)), log, server.url(), folder.toString());

            assertThat(driver.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(driver.exitValue()).as(Files.readString(log)).isZero();
        }
        Path screen = folder.resolve("screen.png");
        assertThat(screen).isNotEmptyFile();
        Files.copy(
                screen,
                Files.createDirectories(Path.of("target", "screenshots")).resolve("view.png"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void view_withoutADisplay_saysSo() throws Exception {
        Path log = folder.resolve("view.log");
        Process process = start(Aerie.class, Optional.empty(), log, "view", "rtsp://127.0.0.1:1/live");

        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(log).hasContent("aerie: view: there is no display here: set DISPLAY, or look at the dashboard");
    }

    private static Process start(Class<?> main, Optional<String> display, Path log, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().remove("DISPLAY");
        display.ifPresent(number -> builder.environment().put("DISPLAY", number));
        return builder.start();
    }

    private static String display(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.lines().filter(line -> line.matches("\\d+")).findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
