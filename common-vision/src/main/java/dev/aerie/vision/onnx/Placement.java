package dev.aerie.vision.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The devices on which ONNX Runtime ran the operations of a model, from its profile of a run: operations without a
/// kernel on a device run on the CPU, whatever device was chosen.
///
/// - `operations`: number by provider: `CUDAExecutionProvider`, `CPUExecutionProvider` …
/// - `onProcessor`: the operators that ran on the CPU
public record Placement(SortedMap<String, Integer> operations, SortedSet<String> onCpu) {

    private static final String CPU = "CPUExecutionProvider";
    private static final String KERNEL_TIME_SUFFIX = "_kernel_time";

    public Placement {
        operations = Collections.unmodifiableSortedMap(new TreeMap<>(operations));
        onCpu = Collections.unmodifiableSortedSet(new TreeSet<>(onCpu));
    }

    /// Reads a profile of one run.
    static Placement read(Path profile) throws IOException {
        var operations = new TreeMap<String, Integer>();
        var onCpu = new TreeSet<String>();
        for (JsonNode event : new ObjectMapper().readTree(profile.toFile())) {
            if (event.path("name").asText().endsWith(KERNEL_TIME_SUFFIX)) {
                String provider = event.path("args").path("provider").asText();
                operations.merge(provider, 1, Integer::sum);
                if (provider.equals(CPU)) {
                    onCpu.add(event.path("args").path("op_name").asText());
                }
            }
        }
        return new Placement(operations, onCpu);
    }

    /// Number of operations on the CPU.
    public int countOnCpu() {
        return operations.getOrDefault(CPU, 0);
    }

    /// `CPUExecutionProvider=3,CUDAExecutionProvider=412`.
    @Override
    public String toString() {
        return operations.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(","));
    }
}
