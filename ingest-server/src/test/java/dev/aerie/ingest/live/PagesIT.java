package dev.aerie.ingest.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every page in a real browser: what axe finds against WCAG 2.1 AA in both themes, whether it fits a phone; the wall
/// of streams, and the sources that are added and removed on their page.
@QuarkusTest
final class PagesIT extends InChromium {

    private static final double DEADLINE_MILLIS = 30_000;
    private static final List<String> WCAG_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");

    /// Whether something was drawn on the canvas of a tile.
    private static final String DRAWN = """
            stream => {
              const tile = [...document.querySelectorAll('.tile')].find(one => one.querySelector('.name').textContent.startsWith(stream));
              const canvas = tile?.querySelector('canvas');
              if (!canvas) return false;
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              return data.some((value, index) => index % 4 !== 3 && value > 100);
            }""";

    /// Of the other tests' streams some may still be there.
    private static final Pattern SUMMARY = Pattern.compile("[1-9]\\d* of \\d+ streams live, [1-9]\\d* with a problem");

    @TestHTTPResource("/")
    String address;

    @AfterEach
    void removeSources() {
        given().delete("/api/streams");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wall.html", "recordings.html", "alerts.html", "sources.html", "send"})
    void page_everyOne_isAccessibleInBothThemesAndFitsAPhone(String name) {
        add("card", Map.of("type", "test", "width", 64, "height", 64, "fps", 10));
        try (var page = browser.newPage()) {
            for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
                page.setViewportSize(1280, 760);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
                page.navigate(address + name);
                assertThat(page.locator("#bar nav a[aria-current=page]")).hasCount(1);

                assertThat(violations(page)).as("%s, %s", name, theme).isEmpty();

                page.setViewportSize(390, 844);
                assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s fits a phone", name)
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void wall_liveAndFailingStreams_showsBothAndSaysThatNotAllIsWell() {
        add("wall-card", Map.of("type", "test", "width", 320, "height", 180, "fps", 10));
        add("wall-gone", Map.of("type", "rtsp", "urls", List.of("rtsp://127.0.0.1:1/nothing")));
        try (var page = browser.newPage()) {
            page.setViewportSize(1280, 760);
            page.navigate(address + "wall.html");

            tile(page, "wall-card").scrollIntoViewIfNeeded(); // only what can be seen is played
            page.waitForFunction(DRAWN, "wall-card", new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MILLIS));
            waitFor(tile(page, "wall-card").locator(".dot"), "live");
            assertThat(page.locator("#state"))
                    .hasText(SUMMARY, new LocatorAssertions.HasTextOptions().setTimeout(DEADLINE_MILLIS));
            assertThat(page.locator("#state")).hasAttribute("data-state", "bad");
            assertThat(tile(page, "wall-gone").locator(".problem")).isVisible();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "wall.png")));

            tile(page, "wall-card").locator("a").click();

            waitFor(page.locator("#view-title"), "wall-card");
        }
    }

    @Test
    void sources_addStopStartAndRemove_areTheServers() {
        try (var page = browser.newPage()) {
            page.setViewportSize(1280, 760);
            page.navigate(address + "sources.html");
            page.fill("#stream", "added-here");
            page.selectOption("#kind", "test");
            page.click("#form button");
            Locator row = page.locator("#rows tr", new Page.LocatorOptions().setHasText("added-here"));
            waitFor(row.locator(".dot"), "live");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "sources.png")));

            row.locator("button").first().click();
            waitFor(row.locator(".dot"), "stopped");
            assertThat(row.locator(".problem")).isHidden();
            assertThat(row.locator("button").first()).hasText("Start");
            row.locator("button").first().click();
            waitFor(row.locator(".dot"), "live");

            Locator remove = row.locator("button").last();
            remove.click();
            assertThat(remove).hasText("Really remove added-here?");
            remove.click();

            waitFor(remove, null);
            assertThat(given().get("/api/streams/added-here").path("source_type") == null)
                    .isTrue();
        }
    }

    @Test
    void sources_fromTheNetwork_areAddedWithTheirErrors() {
        try (var page = browser.newPage()) {
            page.navigate(address + "sources.html");
            page.fill("#stream", "far");
            page.selectOption("#kind", "network");
            assertThat(page.locator("#url")).isHidden();
            page.fill("#network-url", "rtmp://127.0.0.1:1/live/key");
            page.click("#form button");

            Locator row = page.locator("#rows tr", new Page.LocatorOptions().setHasText("far"));
            assertThat(row.locator(".problem"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(DEADLINE_MILLIS));
            assertThat(given().get("/api/streams/far").<String>path("source_type"))
                    .isEqualTo("network");
        }
    }

    @Test
    void sources_notAnAddress_saysWhatIsExpected() {
        try (var page = browser.newPage()) {
            page.navigate(address + "sources.html");
            page.fill("#stream", "nowhere");
            page.fill("#url", "http://camera/");
            page.click("#form button");

            waitFor(page.locator("#problem"), "rtsp://");
            assertThat(page.locator("#note")).isHidden();
        }
    }

    private static Locator tile(Page page, String stream) {
        return page.locator(".tile", new Page.LocatorOptions().setHasText(stream));
    }

    /// Waits until the element has this text in it; without a text until it is hidden or gone.
    private static void waitFor(Locator element, String text) {
        if (text == null) {
            assertThat(element).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(DEADLINE_MILLIS));
        } else {
            assertThat(element)
                    .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(DEADLINE_MILLIS));
        }
    }

    private static void add(String stream, Map<String, Object> source) {
        given().contentType(ContentType.JSON)
                .body(source)
                .put("/api/streams/" + stream)
                .then()
                .statusCode(200);
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .withTags(WCAG_AA).analyze().getViolations().stream()
                        .map(PagesIT::describe)
                        .toList();
    }

    private static String describe(Rule rule) {
        return rule.getId() + " (" + rule.getHelp() + "): "
                + rule.getNodes().stream().map(CheckedNode::getHtml).toList();
    }
}
