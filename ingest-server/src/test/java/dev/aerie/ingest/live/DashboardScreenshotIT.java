package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Takes the screenshots of the pages that the documentation shows: `docs/images/dashboard.png`, and of each page
/// `docs/images/page-….png`, in the light and the dark theme and on a phone. Only where it is asked for: `AERIE_PAGE`
/// names the page of a fleet that runs, such as `http://127.0.0.1:5001/`, with the simulator as its camera.
@EnabledIfEnvironmentVariable(
        named = "AERIE_PAGE",
        matches = ".+",
        disabledReason = "skipped: AERIE_PAGE names no page")
final class DashboardScreenshotIT {

    private static final double DEADLINE_MILLIS = 60_000;
    private static final double SETTLE_MILLIS = 4000;
    private static final int GAP = 8;
    private static final long MAX_BYTES = 400_000;
    private static final String SOMETHING_FOLLOWED = """
            () => document.querySelectorAll('#objects li').length >= 2
                && !document.querySelector('#stage-problem:not([hidden])')
                && !document.querySelector('#stage-note:not([hidden])')
                && document.querySelectorAll('.workers li').length >= 3""";

    /// What says that a page has got what it shows.
    private static final Map<String, String> READY = Map.of(
            "", SOMETHING_FOLLOWED,
            "wall.html", "() => document.querySelectorAll('main canvas').length > 0",
            "alerts.html", "() => true",
            "sources.html", "() => document.querySelectorAll('main tbody tr, main li').length > 0",
            "recordings.html", "() => document.querySelectorAll('main canvas, main video').length > 0",
            "send.html", "() => true",
            "login.html", "() => document.querySelector('#form')");

    private final Path images = Path.of(System.getProperty("aerie.root", ".."), "docs", "images");

    private final String address = System.getenv().getOrDefault("AERIE_PAGE", "");

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wall.html", "alerts.html", "sources.html", "recordings.html", "send.html", "login.html"})
    void pages_ofARunningFleet_haveTheirScreenshotsTaken(String name) throws Exception {
        var file = images.resolve("page-" + (name.isEmpty() ? "stream" : name.replace(".html", "")) + ".png");
        try (var browser = new TestBrowser()) {
            var views = List.of(
                    view(browser, address + name, ColorScheme.LIGHT, 1280, 800),
                    view(browser, address + name, ColorScheme.DARK, 1280, 800),
                    view(browser, address + name, ColorScheme.DARK, 390, 800));
            ImageIO.write(sideBySide(views), "png", file.toFile());
        }
        assertThat(Files.size(file)).isLessThan(MAX_BYTES);
    }

    private static BufferedImage view(TestBrowser browser, String address, ColorScheme scheme, int width, int height)
            throws IOException {
        try (var page = browser.newPage()) {
            page.setViewportSize(width, height);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            beNobody(page);
            page.navigate(address);
            String ready = READY.get(address.substring(address.lastIndexOf('/') + 1));
            page.waitForFunction(ready, null, new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MILLIS));
            page.waitForTimeout(SETTLE_MILLIS);
            return ImageIO.read(new ByteArrayInputStream(page.screenshot()));
        }
    }

    /// The page to log in leaves who is known, and in a fleet without credentials that is everybody.
    private static void beNobody(Page page) {
        page.route(url -> url.endsWith("/api/login"), route -> {
            if (page.url().endsWith("/login.html")) {
                route.fulfill(new Route.FulfillOptions().setStatus(401));
            } else {
                route.resume();
            }
        });
    }

    /// In half their size, in one row.
    private static BufferedImage sideBySide(List<BufferedImage> views) {
        int width = views.stream().mapToInt(view -> view.getWidth() / 2 + GAP).sum() - GAP;
        var sheet = new BufferedImage(width, views.getFirst().getHeight() / 2, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        int left = 0;
        for (BufferedImage view : views) {
            graphics.drawImage(view, left, 0, view.getWidth() / 2, view.getHeight() / 2, null);
            left += view.getWidth() / 2 + GAP;
        }
        graphics.dispose();
        return sheet;
    }

    @Test
    void page_ofARunningFleet_hasItsScreenshotTaken() throws Exception {
        var file = images.resolve("dashboard.png");
        Files.createDirectories(images);
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
