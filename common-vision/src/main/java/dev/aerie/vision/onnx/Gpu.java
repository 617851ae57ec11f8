package dev.aerie.vision.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The first GPU as NVIDIA's driver reports it.
///
/// - `percent`: utilization; `memoryMb`: in use, 2^20 bytes
public record Gpu(double percent, double memoryMb) {

    private static final List<String> COMMAND =
            List.of("nvidia-smi", "--query-gpu=utilization.gpu,memory.used", "--format=csv,noheader,nounits");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// Empty where there is no driver, no GPU, or no output in time.
    public static Optional<Gpu> query() throws InterruptedException {
        try {
            var process = new ProcessBuilder(COMMAND).redirectErrorStream(true).start();
            if (!process.waitFor(TIMEOUT)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// - `answer`: a line `percent, megabytes` for each GPU
    static Optional<Gpu> parse(String output) {
        return output.lines()
                .map(line -> line.split(",", -1))
                .filter(fields -> fields.length == 2 && fields[0].strip().matches("\\d+"))
                .map(fields -> new Gpu(Double.parseDouble(fields[0].strip()), Double.parseDouble(fields[1].strip())))
                .findFirst();
    }
}
