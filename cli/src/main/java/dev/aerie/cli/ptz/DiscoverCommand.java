package dev.aerie.cli.ptz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.ptz.onvif.DiscoveredCamera;
import dev.aerie.ptz.onvif.OnvifDiscovery;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./aerie ptz discover`: the ONVIF cameras on this machine's networks.
@Command(
        name = "discover",
        description = "Finds the ONVIF cameras on this machine's networks (WS-Discovery).",
        mixinStandardHelpOptions = true)
public final class DiscoverCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final double MAX_SECONDS = 120;

    private final PrintStream out;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            paramLabel = "N",
            description = "how long to wait for answers; ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--json", description = "one JSON object on the last line")
    private boolean json;

    public DiscoverCommand(PrintStream out) {
        this.out = out;
    }

    /// Returns the exit status: 0 where a camera answered, 1 where none did.
    @Override
    public Integer call() throws IOException {
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new IllegalArgumentException("--seconds is " + seconds + ", allowed: more than 0, at most 120");
        }
        var cameras = OnvifDiscovery.find(Duration.ofMillis(Math.round(seconds * 1000)));
        print(cameras);
        return cameras.isEmpty() ? FAILED : 0;
    }

    void print(List<DiscoveredCamera> cameras) throws IOException {
        if (json) {
            out.println(new JsonMapper()
                    .writeValueAsString(Map.of(
                            "cameras",
                            cameras.stream().map(DiscoverCommand::fields).toList())));
            return;
        }
        cameras.forEach(camera -> out.println(line(camera)));
        if (cameras.isEmpty()) {
            out.println("no ONVIF camera answered within " + seconds + " s");
        }
    }

    private static String line(DiscoveredCamera camera) {
        String addresses = camera.addresses().stream().map(URI::toString).collect(Collectors.joining(" "));
        String model = String.join(" ", camera.name(), camera.hardware()).strip();
        return printable(addresses + (model.isEmpty() ? "" : "  " + model) + (camera.isPtz() ? "  ptz" : ""));
    }

    private static Map<String, Object> fields(DiscoveredCamera camera) {
        return Map.of(
                "endpoint", camera.endpoint(),
                "addresses", camera.addresses().stream().map(URI::toString).toList(),
                "name", camera.name(),
                "hardware", camera.hardware(),
                "ptz", camera.isPtz());
    }

    /// A device on the network names itself as it likes: no control characters for the terminal.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
