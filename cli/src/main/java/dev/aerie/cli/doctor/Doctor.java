package dev.aerie.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks this machine for what the fleet needs: `./aerie doctor`.
@Command(
        name = "doctor",
        description = "What this machine has and lacks; of an RTSP address, what stream is there.",
        mixinStandardHelpOptions = true)
public final class Doctor implements Callable<Integer> {

    private static final int OLDEST_JDK = 25;
    private static final Map<Integer, String> PORTS = Map.of(
            8554,
            "RTSP relay",
            5001,
            "ingest-server",
            5002,
            "frame-processor",
            5003,
            "slam-service",
            5004,
            "storage-service",
            5005,
            "ptz-service");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;
    private final Models models;
    private final ServiceLibraries libraries;
    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", paramLabel = "rtsp://…", description = "a stream to check instead")
    private @Nullable String url;

    @Option(names = "--json", description = "one JSON object on the last line")
    private boolean json;

    /// - `models`: which models are installed
    public Doctor(Map<String, String> environment, Models models, ServiceLibraries libraries, PrintStream out) {
        this.environment = environment;
        this.models = models;
        this.libraries = libraries;
        this.out = out;
    }

    /// Whether each known model is installed, by name.
    public interface Models {
        Map<String, Boolean> installed();
    }

    /// Prints one line per finding. Returns the exit status: 1 if something required is missing.
    @Override
    public Integer call() throws IOException {
        if (url == null) {
            return print(findings());
        }
        if (!url.startsWith("rtsp://") && !url.startsWith("rtsps://")) {
            throw new IllegalArgumentException("doctor [rtsp://… | rtsps://…] [--json]");
        }
        return print(List.of(StreamCheck.look(url)));
    }

    private int print(List<Finding> findings) throws IOException {
        for (Finding finding : findings) {
            out.printf("%-8s %-16s %s%n", finding.state().word(), finding.name(), finding.detail());
        }
        boolean ok = findings.stream().noneMatch(finding -> finding.state() == Finding.State.MISSING);
        if (json) {
            out.println(JSON.writeValueAsString(Map.of("ok", ok, "findings", rows(findings))));
        }
        return ok ? 0 : 1;
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(jdk());
        findings.add(maven());
        findings.add(Hardware.processors());
        findings.add(Hardware.memory());
        findings.add(Hardware.gpu());
        findings.add(Hardware.onnxRuntime());
        findings.addAll(libraries.look());
        models.installed().forEach((name, installed) -> findings.add(model(name, installed)));
        PORTS.keySet().stream().sorted().map(Doctor::port).forEach(findings::add);
        findings.add(Broker.look(environment));
        findings.add(PtzSettings.look(environment));
        Tool.OPTIONAL.stream().map(Tool::look).forEach(findings::add);
        return findings;
    }

    private static Finding jdk() {
        String found = Runtime.version() + ", " + System.getProperty("java.home");
        return Runtime.version().feature() >= OLDEST_JDK
                ? Finding.ok("JDK", found)
                : Finding.missing("JDK", "25 or newer is needed, this is " + found);
    }

    private static Finding maven() {
        return new Tool("Maven", List.of("mvn", "-version"), "")
                .answer()
                .map(version -> Finding.ok("Maven", version.replaceAll("\u001B\\[[0-9;]*m", "")))
                .orElseGet(() -> Finding.missing("Maven", "install it: apt-get install maven, brew install maven"));
    }

    private static Finding model(String name, boolean installed) {
        return installed
                ? Finding.ok("model", name + " is installed")
                : Finding.absent("model", name + ": ./aerie models list shows its source");
    }

    private static Finding port(int port) {
        return Ports.isFree(port)
                ? Finding.ok("port " + port, "free, for the " + PORTS.get(port))
                : Finding.absent("port " + port, "in use: the demo moves the " + PORTS.get(port) + " to a free one");
    }

    private static List<Map<String, String>> rows(List<Finding> findings) {
        return findings.stream()
                .map(finding ->
                        Map.of("name", finding.name(), "state", finding.state().word(), "detail", finding.detail()))
                .toList();
    }
}
