package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ingest.live.CanvasSamples.Sample;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.video.AccessUnit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The page holds frames as long as their results need, by itself: nothing on it is touched here.
@QuarkusTest
final class DashboardHoldIT extends InChromium {

    private static final double DEADLINE_MILLIS = 20_000;
    private static final int BOXES_WANTED = 15;
    private static final int PLACES = BarcodeDrone.COLUMNS * BarcodeDrone.ROWS;

    /// Results come 4 s late here; no box is older than that and a little more.
    private static final int MAX_FRAMES_LATE = BarcodeDrone.RATE * 5;

    private static List<AccessUnit> clip = List.of();

    @Inject
    Streams streams;

    @Inject
    ResultHub hub;

    @TestHTTPResource("/")
    String address;

    @BeforeAll
    static void encodeClip() throws Exception {
        clip = BarcodeClip.encode(1_200, BarcodeDrone.RATE, 15);
    }

    @Test
    void boxes_resultsOfVaryingLatency_areDrawnOnTheirFrames() throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, clip, false);
                var page = browser.newPage()) {
            drone.delay(300);
            drone.start("late-and-early");
            page.navigate(address + "#late-and-early");
            page.click("#show-labels");
            var samples = new CanvasSamples(page);
            samples.awaitBoxes(BOXES_WANTED, 0, DEADLINE_MILLIS);
            for (int delay : new int[] {1_000, 200}) {
                samples.awaitBoxes(BOXES_WANTED, drone.delay(delay), DEADLINE_MILLIS);
            }

            assertThat(samples.all())
                    .allSatisfy(
                            sample -> assertThat(sample.box()).as("%s", sample).isIn(-1, sample.barcode() % PLACES));
            assertThat(page.isHidden("#stage-note")).isTrue();
            assertThat(page.inputValue("#hold")).isEqualTo("auto");
            assertThat(page.textContent("#facts")).contains("Held for boxes", "Behind camera");
            assertThat(drone.isFlying()).isTrue();
        }
    }

    @Test
    void boxes_resultsLaterThanTheHold_areDrawnOnLaterFramesWithANote() throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, clip, false);
                var page = browser.newPage()) {
            drone.delay(4_000);
            drone.start("too-late");
            page.navigate(address + "#too-late");
            page.click("#show-labels");
            page.click("#show-masks");
            var samples = new CanvasSamples(page);
            page.waitForSelector("#stage-note:has-text('Results come 4')");
            samples.awaitBoxes(BOXES_WANTED, 0, DEADLINE_MILLIS);

            assertThat(samples.all().stream().filter(sample -> sample.box() >= 0))
                    .extracting(DashboardHoldIT::framesLate)
                    .allSatisfy(late -> assertThat(late).isBetween(1, MAX_FRAMES_LATE));
        }
    }

    /// How many frames before the one on show the box was seen.
    private static int framesLate(Sample sample) {
        return Math.floorMod(sample.barcode() - sample.box(), PLACES);
    }

    @Test
    void hold_needRises_risesAtOnce_andFallsSlowlyAfterwards() {
        var holds = steps("[[null, 1], [300, 1], [310, 4], [1000, 1], [200, 1], [200, 400], [9000, 1], [null, 400]]");

        assertThat(holds).containsExactly(0L, 330L, 330L, 1100L, 1050L, 220L, 2500L, 0L);
    }

    @Test
    void hold_needVariesALittle_isUnchanged() {
        assertThat(steps("[[400, 1], [380, 8], [420, 8], [360, 8], [435, 8]]")).containsOnly(440L);
    }

    /// What the hold is after each pair of a need and a number of steps.
    private List<Long> steps(String needs) {
        var holds = (List<?>) run("""
            async needs => {
              const { Hold } = await import('/js/hold.js');
              const hold = new Hold();
              return needs.map(([needed, times]) => {
                let millis = 0;
                for (let i = 0; i < times; i++) millis = hold.step(needed, 'auto');
                return millis;
              });
            }\
            """.replace("async needs =>", "async (needs = " + needs + ") =>"));
        return holds.stream().map(each -> ((Number) each).longValue()).toList();
    }

    @Test
    void hold_chosenByTheUser_isUsedExactly() {
        var holds = (List<?>) run("""
            async () => {
              const { Hold } = await import('/js/hold.js');
              const hold = new Hold();
              return [hold.step(900, 0), hold.step(900, 300), hold.step(20, 3000), hold.step(20, 'auto')];
            }\
            """);

        assertThat(holds.stream().map(each -> ((Number) each).intValue())).containsExactly(0, 300, 3000, 22);
    }

    @Test
    void lateness_everyThirdFrameProcessed_needsTheResultAfterItToo() {
        var needs = (Map<?, ?>) run("""
            async () => {
              const { Lateness } = await import('/js/lateness.js');
              const lateness = new Lateness();
              const before = lateness.neededMillis(0);
              for (let number = 0; number < 60; number++) {
                lateness.frame(number * 40);
                if (number % 3 === 0) lateness.result(number, 200, number * 40 + 200);
              }
              return { before, usual: lateness.usualMillis(2600), needed: lateness.neededMillis(2600),
                  isLate: lateness.isLate(250, 2600), isInTime: !lateness.isLate(300, 2600),
                  silent: lateness.usualMillis(9000) };
            }\
            """);

        assertThat(needs.get("before")).isNull();
        assertThat(((Number) needs.get("usual")).doubleValue()).isEqualTo(200);
        assertThat(((Number) needs.get("needed")).doubleValue()).isCloseTo(200 + 2 * 40 + 20, within(1e-6));
        assertThat(needs.get("isLate")).isEqualTo(true);
        assertThat(needs.get("isInTime")).isEqualTo(true);
        assertThat(needs.get("silent")).isNull();
    }

    @Test
    void results_frameBetweenTwo_hasInterpolatedBoxesExceptOfJumps() {
        var drawn = (Map<?, ?>) run("""
            async () => {
              const { Results } = await import('/js/results.js');
              const results = new Results();
              const object = (id, left) => ({ id, bbox: [left, 10, 20, 20], label: 'car' });
              const result = (number, ...objects) => results.accept({ session: 's', frame_number: number,
                  results: { frame_result: { width: 100, height: 100, objects } } }, number * 40 + 100);
              for (let number = 0; number <= 20; number++) {
                results.arrived({ session: 's', frameNumber: number, captureTimeMillis: 0 }, number * 40);
              }
              result(0, object(1, 10), object(2, 0), object(3, 50));
              result(4, object(1, 18), object(2, 60));
              const boxes = (number, isLate) => {
                const { kind, result, olderMillis } = results.drawnOn('s', number, isLate);
                return { kind, olderMillis, lefts: (result?.objects ?? []).map(each => each.bbox[0]) };
              };
              return { own: boxes(0, false), between: boxes(1, false), after: boxes(6, false), late: boxes(6, true),
                  other: results.drawnOn('t', 1, true).kind };
            }\
            """);

        assertThat(drawn.get("own").toString()).contains("own", "[10, 0, 50]");
        assertThat(drawn.get("between").toString()).contains("between", "[12]");
        assertThat(drawn.get("after").toString()).contains("none");
        assertThat(drawn.get("late").toString()).contains("carried", "olderMillis=80", "[18, 60]");
        assertThat(drawn.get("other")).isEqualTo("none");
    }

    private Object run(String script) {
        try (var page = browser.newPage()) {
            page.navigate(address);
            return page.evaluate(script);
        }
    }
}
