package dev.aerie.cli.doctor;

import dev.aerie.host.Installation;
import dev.aerie.natives.NativeLibraries;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Checks the native libraries of each service, loaded with the service's class path and list.
public final class ServiceLibraries {

    private static final List<String> SERVICES =
            List.of("ingest-server", "frame-processor", "slam-service", "storage-service", "ptz-service");

    private final Function<String, List<String>> commands;
    private final NativeLibraries devices;

    /// - `commands`: starts the service of that name
    /// - `devices`: libraries of cameras at this machine
    ServiceLibraries(Function<String, List<String>> commands, NativeLibraries devices) {
        this.commands = commands;
        this.devices = devices;
    }

    public static ServiceLibraries of(Installation installation) {
        return new ServiceLibraries(installation::serviceCommand, NativeLibraries.of(List.of(FfmpegLibraries.DEVICES)));
    }

    /// One finding per service, and one for cameras at this machine, which are optional.
    List<Finding> look() {
        var findings = new ArrayList<Finding>();
        SERVICES.parallelStream().map(this::look).forEachOrdered(findings::add);
        findings.add(devices.load()
                .map(missing -> Finding.absent("webcams", missing))
                .orElseGet(() -> Finding.ok("webcams", "FFmpeg's device library loads")));
        return findings;
    }

    private Finding look(String service) {
        var command = new ArrayList<>(commands.apply(service));
        command.add(NativeLibraries.CHECK);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String last = text.lines().filter(line -> !line.isBlank()).reduce("no output", (_, line) -> line);
            return process.waitFor() == 0 ? Finding.ok(service, last) : Finding.missing(service, last);
        } catch (IOException e) {
            return Finding.missing(service, "cannot be started: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Finding.missing(service, "was not checked");
        }
    }
}
