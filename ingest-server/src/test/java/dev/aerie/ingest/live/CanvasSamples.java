package dev.aerie.ingest.live;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What is read from the page's canvas, once per drawn frame: which barcode is on show, which one the box speaks of.
final class CanvasSamples {

    private final Page page;

    /// - `box`: -1 where there is none
    record Sample(int barcode, int box) {}

    /// Begins to read.
    CanvasSamples(Page page) throws IOException {
        this.page = page;
        try (var script = CanvasSamples.class.getResourceAsStream("/dashboard-sampler.js")) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /// Waits until the page has shown so many frames with a box, from `barcode` on.
    void awaitBoxes(int count, int barcode, double deadlineMillis) {
        page.waitForFunction(
                "([count, from]) => new Set(samples.filter(s => s.box >= 0 && s.barcode >= from).map(s => s.barcode)).size"
                        + " >= count",
                List.of(count, barcode),
                new Page.WaitForFunctionOptions().setTimeout(deadlineMillis));
    }

    /// Everything that was read.
    @SuppressWarnings("unchecked") // what the sampler collects: {barcode, box}
    List<Sample> all() {
        var raw = (List<Map<String, Integer>>) page.evaluate("samples");
        return raw.stream()
                .map(each -> new Sample(each.get("barcode"), each.get("box")))
                .toList();
    }
}
