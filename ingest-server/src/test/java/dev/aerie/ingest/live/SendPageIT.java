package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.aerie.ingest.stream.StreamSnapshot;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.CaptureClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The page /send in a real browser with Chromium's own test camera: it becomes a stream like any drone's.
@QuarkusTest
final class SendPageIT {

    private static final double DEADLINE_MILLIS = 30_000;
    private static final String SENT = "wanted => Number(document.getElementById('facts').dataset.frames) >= wanted";
    private static final String MEASURED = "() => Number(document.getElementById('facts').dataset.samples) > 0";

    /// A phone upright in the hand, screen to its owner, turning about its vertical.
    private static final String MOVE = """
            () => dispatchEvent(new DeviceMotionEvent('devicemotion', {
              accelerationIncludingGravity: { x: 0, y: 9.81, z: 0 },
              rotationRate: { alpha: 0, beta: 90, gamma: 0 },
              interval: 16,
            }))""";

    private static final String FORWARD_RIGHT_DOWN = """
            async ([angle, front]) => (await import('/js/motion.js'))
              .forwardRightDown({ x: 1, y: 2, z: 3 }, angle, front)""";

    private static TestBrowser browser;

    @Inject
    Streams streams;

    @TestHTTPResource("/")
    String address;

    @BeforeAll
    static void openBrowser() {
        browser = new TestBrowser("use-fake-device-for-media-stream", "use-fake-ui-for-media-stream");
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void send_testCamera_isALiveStreamUntilStop() {
        try (var page = opened()) {
            send(page, "phone-it");
            waitFor(page, SENT, 45);
            StreamSnapshot sent = stream("phone-it").orElseThrow();
            assertThat(sent.state()).isEqualTo(StreamState.LIVE);
            assertThat(sent.totals().frames()).isGreaterThan(20);
            assertThat(sent.last().orElseThrow().clock()).isEqualTo(CaptureClock.SENDER);
            assertThat(page.locator("#state").textContent()).isEqualTo("Sending");
            page.evaluate(MOVE);
            waitFor(page, MEASURED, null);
            assertThat(page.locator("#problem").isVisible())
                    .as(page.locator("#problem").textContent())
                    .isFalse();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "send.png")));

            page.click("#stop");

            PlaywrightAssertions.assertThat(page.locator("#state")).hasText("Not sending");
            assertThat(page.evaluate("() => document.getElementById('preview').srcObject === null"))
                    .isEqualTo(true);
            assertThat(page.locator("#start").isEnabled()).isTrue();
        }
    }

    @Test
    void send_motionIsRefused_sendsVideoAndSaysSo() {
        try (var page = opened()) {
            page.evaluate("() => { DeviceMotionEvent.requestPermission = async () => 'denied'; }");
            send(page, "still-phone");
            waitFor(page, SENT, 3);
            assertThat(page.locator("#hint").textContent()).contains("refused").contains("without it");
        }
    }

    @Test
    void send_nameOfARunningStream_saysWhyAndTriesAgain() {
        try (var first = opened();
                var second = opened()) {
            send(first, "taken");
            waitFor(first, SENT, 5);

            send(second, "taken");

            PlaywrightAssertions.assertThat(second.locator("#problem"))
                    .containsText("The server ended the connection: ");
            PlaywrightAssertions.assertThat(second.locator("#state")).containsText("Connecting again");
            first.click("#stop");
            waitFor(second, SENT, 5);
        }
    }

    @Test
    void forwardRightDown_howItIsHeld_isAsTheCameraLooks() {
        try (var page = opened()) {
            assertVector(page, List.of(0, false), -3, 1, -2);
            assertVector(page, List.of(90, false), -3, -2, -1);
            assertVector(page, List.of(0, true), 3, -1, -2);
        }
    }

    @Test
    void page_everySize_fitsAPhone() {
        try (var page = opened()) {
            page.setViewportSize(390, 844);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
        }
    }

    private static void assertVector(Page page, List<?> held, double... expected) {
        @SuppressWarnings("unchecked") // three numbers
        var vector = (List<Number>) page.evaluate(FORWARD_RIGHT_DOWN, held);
        for (int i = 0; i < expected.length; i++) {
            assertThat(vector.get(i).doubleValue()).isEqualTo(expected[i], within(1e-9));
        }
    }

    private Page opened() {
        Page page = browser.newPage();
        page.navigate(address + "send");
        return page;
    }

    private static void send(Page page, String stream) {
        page.fill("#stream", stream);
        page.selectOption("#size", "640x360");
        page.click("#start");
    }

    private static void waitFor(Page page, String condition, Object argument) {
        page.waitForFunction(condition, argument, new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MILLIS));
    }

    private Optional<StreamSnapshot> stream(String name) {
        return streams.snapshots().stream()
                .filter(one -> one.stream().equals(name))
                .findFirst();
    }
}
