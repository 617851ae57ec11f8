package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The PyTorch reference, run by a Python that has torch and transformers (`AERIE_PYTHON`, else `python3`) with the
/// script next to the exporter.
final class PytorchPeer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEEDS = "import torch, transformers, timm";

    private final String python;
    private final Path script;

    PytorchPeer(String python, Path root) {
        this.python = python;
        this.script = root.resolve("deploy/models/sam2/bench.py");
    }

    /// Whether this Python has what the script needs.
    boolean isPresent() {
        try {
            return run(List.of(python, "-c", NEEDS)).isPresent();
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// One row per number of objects; throws [IOException] if the script fails.
    List<SegmentRow> measure(String model, int size, List<Integer> objects, int threads, int repeats)
            throws IOException, InterruptedException {
        String counts = objects.stream().map(Object::toString).collect(Collectors.joining(","));
        var command = List.of(
                python,
                script.toString(),
                model,
                Integer.toString(size),
                "--objects",
                counts,
                "--threads",
                Integer.toString(threads),
                "--repeats",
                Integer.toString(repeats));
        String printed = run(command).orElseThrow(() -> new IOException(script + " failed"));
        var rows = new ArrayList<SegmentRow>();
        for (String line : printed.lines().filter(text -> text.startsWith("{")).toList()) {
            rows.add(JSON.readValue(line, SegmentRow.class));
        }
        return rows;
    }

    private static Optional<String> run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // Waiting threads sleep, as ours do; otherwise their spinning counts as CPU time.
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        try (var in = process.getInputStream()) {
            String printed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
        } finally {
            process.destroy();
        }
    }
}
