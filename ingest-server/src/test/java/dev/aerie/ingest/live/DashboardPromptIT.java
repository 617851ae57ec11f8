package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Identification;
import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.ExampleMessages;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// What the page asks when a person clicks into the live frame. The answers are the test's own.
@QuarkusTest
final class DashboardPromptIT extends AnsweredDashboard {

    private static final double WIDTH = 640;
    private static final double HEIGHT = 360;
    private static final Offset<Double> ONE_PIXEL = Offset.offset(2.0);

    private static final String STATE = """
        {"stream":"any","session":"s","mode":"video","fps":30,"strategy":"%s","text":"%s","tracker":"bilateral",
        "detector":"%s","detector_cause":"","labels":%s}\
        """;

    @Test
    void prompts_clicksAndDragsOnTheLiveFrame_nameTheFrameAndItsPixels() throws Exception {
        try (var _ = fly("clicked", false);
                var page = newPage()) {
            page.route("**/prompt", route -> answer(route, 200, "{\"objects\": [{\"id\": 99, \"label\": \"van\"}]}"));
            page.route("**/prompt/clicked/99", route -> answer(route, 204, ""));
            show(page, "clicked");
            awaitFrame(page);
            page.click("#prompt");

            var point = bodyOf(page.waitForRequest("**/prompt", () -> click(page, 600, 340)));
            assertThat(point.path("stream").asText()).isEqualTo("clicked");
            assertThat(point.path("frame_number").isIntegralNumber()).isTrue();
            assertThat(point.path("points").path(0).path("x").asDouble()).isCloseTo(600, ONE_PIXEL);
            assertThat(point.path("points").path(0).path("y").asDouble()).isCloseTo(340, ONE_PIXEL);
            assertThat(point.path("points").path(0).path("positive").asBoolean())
                    .isTrue();
            assertThat(point.has("object")).isFalse();
            page.waitForSelector("#prompt-note:has-text('van #99 is tracked')");

            page.keyboard().down("Shift");
            var correction = bodyOf(page.waitForRequest("**/prompt", () -> click(page, 620, 20)));
            page.keyboard().up("Shift");
            assertThat(correction.path("object").asLong()).isEqualTo(99);
            assertThat(correction.path("points").path(0).path("positive").asBoolean(true))
                    .isFalse();

            var box = bodyOf(page.waitForRequest("**/prompt", () -> drag(page, 500, 300, 600, 350)))
                    .path("box");
            assertThat(box.path(0).asDouble()).isCloseTo(500, ONE_PIXEL);
            assertThat(box.path(1).asDouble()).isCloseTo(300, ONE_PIXEL);
            assertThat(box.path(2).asDouble()).isCloseTo(100, ONE_PIXEL);
            assertThat(box.path(3).asDouble()).isCloseTo(50, ONE_PIXEL);

            var removal = page.waitForRequest(
                    "**/prompt/clicked/99", () -> page.keyboard().press("Delete"));
            assertThat(removal.method()).isEqualTo("DELETE");
            page.waitForSelector("#prompt-note:has-text('#99 is no longer tracked')");
        }
    }

    @Test
    void prompts_refused_areExplainedAndChangeNothing() throws Exception {
        try (var _ = fly("refused", false);
                var page = newPage()) {
            show(page, "refused");
            page.waitForSelector("#legend:has-text('FRAME_PROCESSOR_URL')");
            assertThat(page.isDisabled("#strategy")).isTrue();
            page.fill("#words input", "red car.");
            page.click("#words button");
            page.waitForSelector("#prompt-note:has-text('FRAME_PROCESSOR_URL')");
            assertThat(page.isHidden("#prompt-remove")).isTrue();
        }
    }

    @Test
    void objects_recognisedAndClickedOn_bearTheirNameAndShowTheirFrame() throws Exception {
        try (var _ = fly("named", true);
                var page = newPage()) {
            page.route(
                    "**/api/streams/named/objects/7/crop**",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("image/svg+xml")
                            .setBody("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='60'/>")));
            show(page, "named");
            page.waitForSelector("#objects >> text=person #7");
            BusMessages.give(
                    hub,
                    new Identification(
                            Envelope.ofFrame(
                                    new FrameId("named", ExampleMessages.SESSION, 1),
                                    1,
                                    CaptureClock.SENDER,
                                    Instant.EPOCH,
                                    Producer.of("frame-processor", "test")),
                            7,
                            List.of(new Identification.Finding("a guard", 0.9, null)),
                            List.of()));

            page.click("#objects >> text=person #7 (a guard)");

            page.waitForFunction("() => document.getElementById('object-image').naturalHeight === 60");
            assertThat(page.isVisible("#object-image")).isTrue();
        }
    }

    @Test
    void textPrompt_entered_setsTheStrategyOfTheStream() throws Exception {
        try (var page = newPage()) {
            var state = new AtomicReference<>(STATE.formatted("detector", "all objects.", "motion", "[]"));
            page.route("**/api/streams/looked/perception", route -> answer(route, 200, state.get()));
            page.route("**/strategy", route -> {
                state.set(STATE.formatted("text", "car. person.", "yolox_nano", "[\"car\",\"person\"]"));
                answer(route, 200, state.get());
            });
            show(page, "looked");
            page.waitForSelector("#legend:has-text('./aerie models get yolox_nano')");
            assertThat(page.inputValue("#strategy")).isEqualTo("detector");

            page.fill("#words input", "car. person.");
            var asked = bodyOf(page.waitForRequest("**/strategy", () -> page.click("#words button")));

            assertThat(asked.path("stream").asText()).isEqualTo("looked");
            assertThat(asked.path("strategy").asText()).isEqualTo("text");
            assertThat(asked.path("text").asText()).isEqualTo("car. person.");
            page.waitForSelector("#prompt-note:has-text('Looking for: car. person.')");
            page.waitForFunction("() => document.getElementById('strategy').value === 'text'");
            page.waitForSelector("#legend:has-text('Boxes are labelled with the words')");
        }
    }

    @Test
    void strategy_chosen_isAskedForAndARefusalIsSaid() throws Exception {
        try (var page = newPage()) {
            page.route(
                    "**/api/streams/chosen/perception",
                    route -> answer(route, 200, STATE.formatted("detector", "x.", "yolox_nano", "[]")));
            page.route("**/strategy", route -> answer(route, 501, "{\"detail\":\"no text detector is installed\"}"));
            show(page, "chosen");
            page.waitForSelector("#legend:has-text('yolox_nano')");

            page.selectOption("#strategy", "text");
            page.waitForSelector("#prompt-note:has-text('Write what to look for')");
            var asked = bodyOf(page.waitForRequest("**/strategy", () -> page.selectOption("#strategy", "hybrid")));

            assertThat(asked.path("strategy").asText()).isEqualTo("hybrid");
            page.waitForSelector("#prompt-note:has-text('no text detector is installed')");
            page.waitForFunction("() => document.getElementById('strategy').value === 'detector'");
        }
    }

    @Test
    void mode_chosen_isAskedForAndTheLegendSaysWhatItMeans() throws Exception {
        var state = new AtomicReference<>(STATE.formatted("detector", "x.", "motion", "[]"));
        try (var page = newPage()) {
            page.route("**/api/streams/segmented/perception", route -> answer(route, 200, state.get()));
            page.route("**/mode", route -> {
                state.set(state.get().replace("\"video\"", "\"segment\""));
                answer(route, 200, state.get());
            });
            show(page, "segmented");
            page.waitForFunction("() => !document.getElementById('mode').disabled");
            var asked = bodyOf(page.waitForRequest("**/mode", () -> page.selectOption("#mode", "segment")));

            assertThat(asked.path("stream").asText()).isEqualTo("segmented");
            assertThat(asked.path("mode").asText()).isEqualTo("segment");
            page.waitForSelector("#legend:has-text('Everything in a frame is segmented')");
        }
    }

    private static void click(Page page, double x, double y) {
        var place = place(page, x, y);
        page.mouse().click(place[0], place[1]);
    }

    private static void drag(Page page, double fromX, double fromY, double toX, double toY) {
        var from = place(page, fromX, fromY);
        var to = place(page, toX, toY);
        page.mouse().move(from[0], from[1]);
        page.mouse().down();
        page.mouse().move(to[0], to[1], new Mouse.MoveOptions().setSteps(4));
        page.mouse().up();
    }

    /// Where on the screen a pixel of the frame is.
    private static double[] place(Page page, double x, double y) {
        Locator canvas = page.locator("#canvas");
        canvas.scrollIntoViewIfNeeded();
        var area = canvas.boundingBox();
        return new double[] {area.x + x / WIDTH * area.width, area.y + y / HEIGHT * area.height};
    }
}
