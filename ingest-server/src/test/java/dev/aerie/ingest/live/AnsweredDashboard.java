package dev.aerie.ingest.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.aerie.ingest.stream.Streams;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;

/// The dashboard in a browser, for tests that answer themselves what the page asks the other services.
abstract class AnsweredDashboard extends InChromium {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIP_FRAMES = 60;
    private static final int FRAMES_PER_IDR = 15;

    @Inject
    Streams streams;

    @Inject
    ResultHub hub;

    @TestHTTPResource("/")
    String address;

    /// A drone that flies already; whoever asks closes it.
    ///
    /// - `crowd`: see [BarcodeDrone]
    BarcodeDrone fly(String stream, boolean crowd) throws Exception {
        var clip = BarcodeClip.encode(CLIP_FRAMES, BarcodeDrone.RATE, FRAMES_PER_IDR);
        var drone = new BarcodeDrone(streams, hub, clip, crowd);
        drone.start(stream);
        return drone;
    }

    /// Empty as yet; whoever asks closes it.
    static Page newPage() {
        return browser.newPage();
    }

    /// Shows a stream.
    void show(Page page, String stream) {
        page.navigate(address + "#" + stream);
    }

    /// Until a frame of the stream is on show.
    static void awaitFrame(Page page) {
        page.waitForFunction("() => /^#[1-9]/.test(document.querySelector('#facts dd')?.textContent ?? '')");
    }

    static JsonNode bodyOf(Request request) {
        try {
            return JSON.readTree(request.postData());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static void answer(Route route, int status, String json) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/json")
                .setBody(json));
    }
}
