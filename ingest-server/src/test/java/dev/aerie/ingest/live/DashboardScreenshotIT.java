package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Takes the screenshot of the dashboard that the documentation shows, `docs/images/dashboard.png`. Only where it is
/// asked for: `AERIE_PAGE` names the page of a fleet that runs, such as `http://127.0.0.1:5001/`, with the
/// simulator as its camera.
final class DashboardScreenshotIT {

    private static final double DEADLINE_MILLIS = 60_000;
    private static final long MAX_BYTES = 400_000;
    private static final String SOMETHING_FOLLOWED = """
            () => document.querySelectorAll('#objects li').length >= 2
                && !document.querySelector('#stage-problem:not([hidden])')
                && !document.querySelector('#stage-note:not([hidden])')
                && document.querySelectorAll('.workers li').length >= 3""";

    @Test
    void page_ofARunningFleet_hasItsScreenshotTaken() throws Exception {
        String address = System.getenv().getOrDefault("AERIE_PAGE", "");
        assumeTrue(!address.isEmpty(), "skipped: AERIE_PAGE names no page");
        var file = Path.of(System.getProperty("aerie.root", ".."), "docs", "images", "dashboard.png");
        Files.createDirectories(file.getParent());
        try (var browser = new TestBrowser();
                var page = browser.newPage()) {
            page.setViewportSize(1280, 760);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.navigate(address);
            page.waitForFunction(
                    SOMETHING_FOLLOWED, null, new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MILLIS));
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
        }
        assertThat(Files.size(file)).isLessThan(MAX_BYTES);
    }
}
