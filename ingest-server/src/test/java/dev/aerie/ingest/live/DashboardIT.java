package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.Mask;
import dev.aerie.video.AccessUnit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.Connection;
import io.quarkus.websockets.next.OpenConnections;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page in a real browser: what is drawn over a frame belongs to that frame, read from the canvas itself.
@QuarkusTest
final class DashboardIT extends InChromium {

    private static final double DEADLINE_MILLIS = 20_000;
    private static final int BOXES_WANTED = 20;

    /// How many pixels of the map's canvas were painted.
    private static final String COLOURED_PIXELS = """
        (() => {
          const canvas = document.getElementById('map');
          if (!canvas.width || !canvas.height) return 0;
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return data.filter((value, index) => index % 4 === 3 && value > 0).length;
        })\
        """;

    private static final String SESSION = "#facts > :last-child dd";

    private static List<AccessUnit> clip = List.of();

    @Inject
    Streams streams;

    @Inject
    ResultHub hub;

    @Inject
    OpenConnections connections;

    @TestHTTPResource("/")
    String address;

    @BeforeAll
    static void encodeClip() throws Exception {
        clip = BarcodeClip.encode(300, BarcodeDrone.RATE, 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webcodecs", "mse", "webrtc"})
    void boxes_everySampledFrame_belongToTheFrameUnderThem(String player) throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, clip, false);
                var page = browser.newPage()) {
            drone.start("barcode-" + player);
            page.navigate(address + "?player=" + player + "#barcode-" + player);
            page.click("#show-labels");
            var samples = new CanvasSamples(page);

            samples.awaitBoxes(BOXES_WANTED, 0, DEADLINE_MILLIS);

            assertThat(drone.isFlying()).isTrue();
            assertThat(samples.all()).hasSizeGreaterThan(BOXES_WANTED).allSatisfy(DashboardIT::assertBelongsTogether);
        }
    }

    /// Which this browser does not decode: the server makes H.264 of it, and each frame keeps its identity.
    @ParameterizedTest
    @ValueSource(strings = {"webcodecs", "mse"})
    void boxes_ofH265_belongToTheFrameUnderThem(String player) throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, BarcodeClip.inH265(clip, BarcodeDrone.RATE, 15), false);
                var page = browser.newPage()) {
            drone.start("h265-" + player);
            page.navigate(address + "?player=" + player + "#h265-" + player);
            page.click("#show-labels");
            var samples = new CanvasSamples(page);

            samples.awaitBoxes(BOXES_WANTED, 0, DEADLINE_MILLIS);

            assertThat(streams.find("h265-" + player)
                            .orElseThrow()
                            .snapshot()
                            .format()
                            .orElseThrow()
                            .codec())
                    .startsWith("hvc1.");
            assertThat(samples.all()).hasSizeGreaterThan(BOXES_WANTED).allSatisfy(DashboardIT::assertBelongsTogether);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webcodecs", "mse", "webrtc"})
    void page_streamEndsAndStartsAgain_reportsItAndResumes(String player) throws Exception {
        try (var page = browser.newPage()) {
            try (var first = new BarcodeDrone(streams, hub, clip, false)) {
                first.start("again");
                page.navigate(address + "?player=" + player + "#again");
                waitForFrameAfter(page, 5);
            }
            page.waitForSelector("#stage-problem:has-text('not live now')");
            String session = page.textContent(SESSION);
            try (var second = new BarcodeDrone(streams, hub, clip, false)) {
                second.start("again");
                var hidden = new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN);
                page.waitForSelector("#stage-problem", hidden);
                page.waitForSelector(SESSION + ":not(:has-text('" + session + "'))");
                waitForFrameAfter(page, 5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webcodecs", "mse"})
    void page_connectionsLost_comesBackByItself(String player) throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, clip, false);
                var page = browser.newPage()) {
            drone.start("lost-" + player);
            page.navigate(address + "?player=" + player + "#lost-" + player);
            waitForFrameAfter(page, 5);

            connections.forEach(Connection::closeAndAwait);

            page.waitForSelector("#stage-problem:has-text('Trying again')");
            waitForFrameAfter(page, 20);
            page.waitForSelector(
                    "#stage-problem", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN));
        }
    }

    @Test
    void page_dressedUp_hasItsFrameTaken() throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, clip, true);
                var page = browser.newPage()) {
            drone.start("gate");
            page.setViewportSize(1440, 900);
            page.navigate(address + "#gate");
            page.waitForSelector("#objects >> text=person");
            page.waitForSelector("[data-exchange=processed_frames_exchange]:not(.silent)");

            photograph(page, "dashboard-dark", ColorScheme.DARK);
            photograph(page, "dashboard-light", ColorScheme.LIGHT);
            page.setViewportSize(390, 844);
            photograph(page, "dashboard-phone", ColorScheme.DARK);
        }
    }

    @Test
    void socket_pageOfAnotherSite_isRefused() {
        var url = URI.create(address.replaceFirst("http", "ws") + "ws/live/gate");
        var foreign = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", "https://elsewhere.example")
                .buildAsync(url, new WebSocket.Listener() {});

        assertThat(foreign)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("403");
    }

    private static void waitForFrameAfter(Page page, int number) {
        page.waitForFunction(
                "number => parseInt(document.querySelector('#facts dd')?.textContent.slice(1)) > number", number);
    }

    @Test
    void mask_encodedByTheBus_isReadPixelByPixel() {
        var mask = Mask.encode(
                90, 160, (x, y) -> (x * 31 % 17 > 8 && y > 3) || (x > 80 && x < 86) || (x == 100 && y == 89));
        try (var page = browser.newPage()) {
            page.navigate(address);
            var pixels = (List<?>) page.evaluate("""
                    async counts => {
                      const { maskRegion } = await import('/js/mask.js');
                      const { left, top, width, pixels } = maskRegion({ size: [90, 160], counts });
                      return [...pixels.keys()].filter(i => pixels[i])
                          .map(i => (top + Math.floor(i / width)) * 160 + left + i % width);
                    }\
                    """, mask.counts());

            assertThat(pixels).isEqualTo(mask.decode().stream().boxed().toList());
        }
    }

    @Test
    void map_posesOfAFlight_areDrawnAsTheyCome() throws Exception {
        try (var flight = new CircledFlight(hub, "flight");
                var page = browser.newPage()) {
            page.navigate(address + "#flight");
            assertThat(page.isHidden("#map-panel")).isTrue();
            flight.start();

            page.waitForSelector("#map-note:has-text('tracking, 321 points, at')");
            page.waitForFunction(COLOURED_PIXELS + "() > 300");

            page.waitForSelector("#earth-note:has-text('Camera at 48.0000')");
            page.waitForSelector("#earth-objects li:has-text('person #7')");
            assertThat(page.textContent("#earth-objects li"))
                    .matches("person #7: \\d\\d m north[a-z-]*, 48\\.000305, 11\\.000000 \\(±\\u00a02\\.0 m\\)");
            page.waitForFunction(COLOURED_PIXELS.replace("'map'", "'earth'") + "() > 300");
            page.locator("#earth-panel")
                    .screenshot(new Locator.ScreenshotOptions().setPath(Path.of("target", "dashboard-earth.png")));

            page.locator("#map").focus();
            page.keyboard().press("ArrowLeft");
            page.waitForFunction(COLOURED_PIXELS + "() > 300");
            var file = Path.of("target", "dashboard-map.png");
            page.locator("#map-panel").screenshot(new Locator.ScreenshotOptions().setPath(file));
            assertThat(file).exists();
        }
    }

    @Test
    void map_pointsOfSlamService_areRead() {
        try (var page = browser.newPage()) {
            page.navigate(address);
            var points = (List<?>) page.evaluate("""
                async () => {
                  const { pointsOfPly } = await import('/js/ply.js');
                  const head = 'ply\\nformat binary_little_endian 1.0\\ncomment x\\nelement vertex 2\\n' +
                    'property float x\\nproperty float y\\nproperty float z\\nend_header\\n';
                  const body = new Uint8Array(new Float32Array([1, 2, 3, -4, 5.5, 6]).buffer);
                  const file = new Uint8Array([...new TextEncoder().encode(head), ...body]);
                  return [...pointsOfPly(file.buffer)];
                }\
                """);

            assertThat(points.stream()
                            .map(Object::toString)
                            .map(Double::parseDouble)
                            .toList())
                    .isEqualTo(List.of(1.0, 2.0, 3.0, -4.0, 5.5, 6.0));
        }
    }

    private static void photograph(Page page, String name, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        var file = Path.of("target", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        assertThat(file).exists();
    }

    /// A box is the one of the barcode under it; where nothing is known about a frame there is none.
    private static void assertBelongsTogether(CanvasSamples.Sample sample) {
        if (sample.box() >= 0) {
            assertThat(sample.box()).isEqualTo(sample.barcode() % (BarcodeDrone.COLUMNS * BarcodeDrone.ROWS));
            assertThat(BarcodeDrone.hasResult(sample.barcode())).isTrue();
        }
    }
}
