package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import dev.aerie.messages.testing.Eventually;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What the page asks when a person moves the camera of a stream. The answers are the test's own.
@QuarkusTest
final class DashboardPtzIT extends AnsweredDashboard {

    private static final String STATUS = """
        {"camera":"gate","stream":"moved","state":"ready","cause":"","mode":"follow",
        "target":{"state":"holding","object_id":7,"label":"person","lost":false},"operator":"ana",
        "operator_seconds_left":9.2,"position":{"pan_deg":12.34,"tilt_deg":-3,"zoom":2,"age_ms":40},
        "velocity":{"pan_deg_s":0,"tilt_deg_s":0,"zoom_s":0},"capabilities":null}\
        """;

    /// What is shown of the panel, outside of it or over something else of it.
    private static final String OVERLAPS = """
        () => {
          const panel = document.getElementById('ptz-panel');
          const shown = [...panel.querySelectorAll('h2, p, button, select, #ptz-stick')].filter(each => each.offsetParent);
          const area = panel.getBoundingClientRect();
          const areas = shown.map(each => [each, each.getBoundingClientRect()]);
          const isOut = box => box.left < area.left || box.right > area.right + 0.5 || box.bottom > area.bottom + 0.5;
          const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          const found = areas.filter(([, box]) => isOut(box)).map(([each]) => each.id + ' is outside');
          areas.forEach(([one, a], i) => areas.slice(i + 1).forEach(([other, b]) =>
              meet(a, b) && found.push(one.id + ' meets ' + other.id)));
          return found;
        }\
        """;

    private final List<Request> moves = new CopyOnWriteArrayList<>();

    @Test
    void panel_streamOfACamera_movesItAndLetsItFollow() throws Exception {
        try (var _ = fly("moved", false);
                var page = newPage()) {
            routeCamera(page);
            show(page, "moved");
            page.waitForSelector("#ptz-panel:not([hidden])");
            page.waitForSelector("#ptz-state:has-text('gate: holds its target, person #7')");
            page.waitForSelector("#ptz-control:has-text('In control: ana, 10 s')");
            page.waitForSelector("#ptz-position:has-text('pan 12.3')");
            assertThat(page.inputValue("#ptz-mode")).isEqualTo("follow");

            dragStick(page);
            chooseModeAndPreset(page);
            clickToFollow(page);
        }
    }

    @Test
    void panel_dressedUp_hasItsFrameTakenAndNothingOverlaps() throws Exception {
        try (var _ = fly("moved", true);
                var page = newPage()) {
            routeCamera(page);
            page.setViewportSize(1440, 900);
            show(page, "moved");
            awaitFrame(page);
            page.waitForSelector("#ptz-position:has-text('pan 12.3')");
            page.waitForSelector("#ptz-presets:not([disabled])");
            var file = Path.of("target", "dashboard-ptz.png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));

            assertThat(file).exists();
            assertThat((List<?>) page.evaluate(OVERLAPS)).isEmpty();
        }
    }

    @Test
    void panel_streamWithoutACamera_isHidden() throws Exception {
        try (var page = newPage()) {
            show(page, "none");
            page.waitForResponse("**/ptz/streams/none", page::reload);
            assertThat(page.isHidden("#ptz-panel")).isTrue();
        }
    }

    /// Half of the way to the right: half of the speed, again and again until it is let go.
    private void dragStick(Page page) {
        page.locator("#ptz-stick").scrollIntoViewIfNeeded();
        var stick = page.locator("#ptz-stick").boundingBox();
        page.mouse().move(stick.x + stick.width / 2, stick.y + stick.height / 2);
        page.mouse().down();
        page.mouse().move(stick.x + stick.width * 0.75, stick.y + stick.height / 2);
        Eventually.holds("it is renewed", () -> {
            page.waitForTimeout(100);
            return moves.size() >= 3;
        });
        var stop = bodyOf(page.waitForRequest("**/ptz/stop", () -> page.mouse().up()));
        JsonNode move = bodyOf(moves.getLast());

        assertThat(move.path("camera").asText()).isEqualTo("gate");
        assertThat(move.path("pan_speed").asInt()).isBetween(45, 55);
        assertThat(move.path("tilt_speed").asInt()).isBetween(-5, 5);
        assertThat(move.path("seconds").asDouble()).isEqualTo(0.5);
        assertThat(stop.path("operator").asText()).startsWith("dashboard ");
    }

    private void chooseModeAndPreset(Page page) {
        var mode = bodyOf(page.waitForRequest("**/ptz/gate/mode", () -> page.selectOption("#ptz-mode", "group")));
        assertThat(mode.path("mode").asText()).isEqualTo("group");

        page.waitForSelector("#ptz-presets:not([disabled])");
        page.selectOption("#ptz-presets", "2");
        page.waitForRequest("**/ptz/presets/2/goto", () -> page.click("#ptz-goto"));
        var turned = page.waitForRequest("**/ptz/move", () -> page.press("#ptz-stick", "ArrowLeft"));
        assertThat(bodyOf(turned).path("pan_speed").asInt()).isNegative();
    }

    private void clickToFollow(Page page) {
        awaitFrame(page);
        page.click("#ptz-follow");
        page.locator("#canvas").scrollIntoViewIfNeeded();
        var canvas = page.locator("#canvas").boundingBox();
        var target = bodyOf(page.waitForRequest(
                "**/ptz/gate/target",
                () -> page.mouse().click(canvas.x + canvas.width * 0.25, canvas.y + canvas.height * 0.75)));

        assertThat(target.path("x").asDouble()).isBetween(0.24, 0.26);
        assertThat(target.path("y").asDouble()).isBetween(0.74, 0.76);
        page.waitForSelector("#ptz-note:has-text('follows what you clicked on')");
    }

    private void routeCamera(Page page) {
        page.route("**/ptz/streams/moved", route -> answer(route, 200, STATUS));
        page.route("**/ptz/presets?camera=gate", route -> answer(route, 200, """
                [{"id":"1","name":"door"},{"id":"2","name":"yard"}]"""));
        page.route("**/ptz/presets/2/goto", route -> answer(route, 200, "{}"));
        page.route("**/ptz/gate/*", route -> answer(route, 200, "{}"));
        page.route("**/ptz/stop", route -> answer(route, 200, "[]"));
        page.route("**/ptz/move", route -> {
            moves.add(route.request());
            answer(route, 200, "{}");
        });
    }
}
