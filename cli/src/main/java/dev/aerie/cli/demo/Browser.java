package dev.aerie.cli.demo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Opens a page in the user's browser; ignored without a desktop.
final class Browser {

    private Browser() {}

    static void open(String url) {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean desktop = mac || System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        if (!desktop) {
            return;
        }
        try {
            new ProcessBuilder(List.of(mac ? "open" : "xdg-open", url))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException _) {
            // No opener: the address is printed in any case.
        }
    }
}
