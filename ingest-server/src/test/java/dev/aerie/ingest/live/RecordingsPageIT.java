package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The recordings page in a real browser, with an archive that stands in for the storage service: a recorded box is
/// drawn over the frame it was said of, and over no other.
@QuarkusTest
@QuarkusTestResource(value = RecordingsPageIT.Archive.class, restrictToAnnotatedClass = true)
final class RecordingsPageIT extends InChromium {

    private static final double DEADLINE_MILLIS = 30_000;
    private static final int BOXES_WANTED = 20;
    private static final String ENOUGH_BOXES =
            "wanted => new Set(samples.filter(s => s.box >= 0).map(s => s.barcode)).size >= wanted";

    private static StandInArchive archive;

    @TestHTTPResource("/")
    String address;

    public static final class Archive implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            try {
                archive = new StandInArchive(BarcodeClip.encode(300, BarcodeDrone.RATE, 15));
                return Map.of("ingest.storage-url", archive.url());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            archive.close();
        }
    }

    @Test
    void playback_everySampledFrame_hasTheBoxThatWasSaidOfIt() throws IOException {
        try (var page = opened()) {
            assertBoxesAreThoseOfTheirFrames(page);
        }
    }

    @Test
    void streamsPage_clickOnTheTimeline_playsThatMomentWithItsBoxesUntilLiveIsAskedFor() throws IOException {
        try (var page = browser.newPage(new Browser.NewPageOptions().setTimezoneId("UTC"))) {
            page.setViewportSize(1280, 760);
            page.navigate(address + "#barcode");
            page.waitForSelector("#past:not([hidden])");
            page.fill("#day", StandInArchive.DAY);
            page.waitForSelector("#timeline canvas[aria-valuenow='720']"); // minutes: the day has arrived

            page.click("#timeline canvas"); // its middle is noon

            assertBoxesAreThoseOfTheirFrames(page);
            assertThat(page.url()).contains("#barcode@" + StandInArchive.DAY + "T12:00:");
            assertThat(page.textContent("#view-summary")).contains("recorded").contains("frame 1");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "past.png")));

            page.click("#live");

            page.waitForSelector("text=barcode is not live now");
            assertThat(page.url()).endsWith("#barcode");
        }
    }

    private static void assertBoxesAreThoseOfTheirFrames(Page page) throws IOException {
        page.click("#show-labels");
        page.evaluate(sampler());
        page.waitForFunction(ENOUGH_BOXES, BOXES_WANTED, new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MILLIS));
        assertThat(samples(page))
                .allSatisfy(sample -> assertThat(sample.get("box"))
                        .as("%s", sample)
                        .isIn(-1, sample.get("barcode").intValue() % (BarcodeDrone.COLUMNS * BarcodeDrone.ROWS)));
    }

    @Test
    void page_clipAndProtect_askTheArchiveForTheFramesMarked() {
        try (var page = opened()) {
            page.waitForFunction(
                    "() => Number(document.getElementById('position').dataset.frame) > 1005",
                    null,
                    new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MILLIS));
            page.click("#mark-from");
            page.click("#mark-to");
            page.waitForSelector("#export:not([disabled])");
            page.click("#protect");
            page.waitForCondition(() -> archive.requests().stream()
                    .anyMatch(request -> request.startsWith(
                            "PUT /api/recordings/" + StandInArchive.RECORDING + "/protect?from=17637")));
        }
    }

    private Page opened() {
        Page page = browser.newPage(new Browser.NewPageOptions().setTimezoneId("UTC"));
        page.navigate(address + "recordings.html#barcode/" + StandInArchive.DAY + "/" + StandInArchive.RECORDING);
        page.waitForSelector("#recordings button[aria-pressed='true']");
        return page;
    }

    @SuppressWarnings("unchecked") // what the sampler collects: {barcode, box}
    private static List<Map<String, Integer>> samples(Page page) {
        return (List<Map<String, Integer>>) page.evaluate("samples");
    }

    private static String sampler() throws IOException {
        try (var script = RecordingsPageIT.class.getResourceAsStream("/dashboard-sampler.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
