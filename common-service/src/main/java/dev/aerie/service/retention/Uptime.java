package dev.aerie.service.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How long the machine has been up, including the time it slept, which Java's clock does not count.
public final class Uptime {

    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final boolean IS_KNOWN = Files.isReadable(UPTIME);

    private Uptime() {}

    /// Nanoseconds since an arbitrary moment; never jumps. If the kernel does not report it, time asleep is missing.
    public static long nanos() {
        if (!IS_KNOWN) {
            return System.nanoTime();
        }
        try {
            String text = Files.readString(UPTIME);
            return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * NANOS_PER_SECOND);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("/proc/uptime was readable at the start", e);
        }
    }
}
