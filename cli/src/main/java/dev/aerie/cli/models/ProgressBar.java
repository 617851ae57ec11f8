package dev.aerie.cli.models;

import dev.aerie.vision.models.DownloadProgress;
import java.io.PrintStream;
import java.util.Locale;

/// Progress of a long operation: a bar on a terminal, a line for each tenth elsewhere.
public final class ProgressBar implements DownloadProgress {

    private static final int CELLS = 30;

    private final String what;
    private final PrintStream out;
    private final boolean terminal;
    private int shownPercent = -1;

    /// - `terminal`: whether `out` is one
    public ProgressBar(String what, PrintStream out, boolean terminal) {
        this.what = what;
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void at(long doneBytes, long totalBytes) {
        int percent = (int) (100 * doneBytes / Math.max(1, totalBytes));
        int step = terminal ? 1 : 10;
        if (percent / step == shownPercent / step && shownPercent >= 0) {
            return;
        }
        shownPercent = percent;
        String line = "%s %3d %%  %.0f of %.0f MB".formatted(what, percent, doneBytes / 1e6, totalBytes / 1e6);
        if (!terminal) {
            out.println(line);
            return;
        }
        int full = CELLS * percent / 100;
        out.print(String.format(Locale.ROOT, "\r[%s%s] %s", "#".repeat(full), " ".repeat(CELLS - full), line));
        if (doneBytes >= totalBytes) {
            out.println();
        }
        out.flush();
    }
}
