package dev.aerie.cli.doctor;

import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.ModelException;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Processors, memory and accelerators of this machine.
final class Hardware {

    private static final long MIN_MEMORY_BYTES = 2L << 30;

    private Hardware() {}

    static Finding processors() {
        var runtime = Runtime.getRuntime();
        return Finding.ok("processors", runtime.availableProcessors() + ", " + System.getProperty("os.arch"));
    }

    static Finding memory() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        long bytes = system.getTotalMemorySize();
        String found = "%.1f GiB".formatted(bytes / (double) (1L << 30));
        return bytes >= MIN_MEMORY_BYTES
                ? Finding.ok("memory", found)
                : Finding.missing("memory", found + ", the fleet needs 2 GiB");
    }

    static Finding gpu() {
        var question = List.of("nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader");
        return new Tool("GPU", question, "segmentation in real time; everything runs on the CPU too").look();
    }

    static Finding onnxRuntime() {
        try {
            ExecutionProvider provider = ExecutionProvider.available();
            return Finding.ok(
                    "ONNX Runtime",
                    "runs on %s (%s); built for %s"
                            .formatted(
                                    provider.device(),
                                    provider.reason(),
                                    String.join(", ", ExecutionProvider.built())));
        } catch (ModelException | LinkageError e) {
            return Finding.missing("ONNX Runtime", "cannot be loaded: " + e.getMessage());
        }
    }
}
