package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.webrtc.WebRtcServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Measures, and is no part of the suite: how long after its capture a frame is on show in Chromium, by each player.
/// docs/interfaces.md has the commands and what they gave.
@QuarkusTest
final class PlayerLatency {

    private static final int SECONDS = 18;
    private static final int SKIPPED = 45;

    private static final String WHEP_STATS = """
            async () => {
              for (const each of (await window.peer.getStats()).values()) if (each.type === 'inbound-rtp') {
                const { packetsLost, nackCount, pliCount, framesDropped, freezeCount } = each;
                return JSON.stringify({ packetsLost, nackCount, pliCount, framesDropped, freezeCount });
              }
            }""";

    @Inject
    Streams streams;

    @Inject
    ResultHub hub;

    @Inject
    Relay relay;

    @Inject
    WebRtcServer webRtc;

    @TestHTTPResource("/")
    URI address;

    @ParameterizedTest
    @ValueSource(strings = {"webcodecs", "mse", "whep"})
    void latency(String player) throws Exception {
        var clip = BarcodeClip.encode(SECONDS * BarcodeDrone.RATE + 100, BarcodeDrone.RATE, BarcodeDrone.RATE);
        try (var browser = new TestBrowser();
                var drone = new BarcodeDrone(streams, hub, clip, false);
                var page = browser.newPage()) {
            String stream = "latency-" + player;
            drone.start(stream);
            Map<Integer, Double> captured = BarcodePlayer.recorded(relay, stream);
            boolean isWhep = player.equals("whep");
            BarcodePlayer.open(page, address, player, stream);
            BarcodePlayer.watch(page);
            page.waitForTimeout(SECONDS * 1000.0);
            report(player, page, captured);
            if (isWhep) {
                System.out.println("whep " + page.evaluate(WHEP_STATS) + " resent=" + webRtc.resent() + " restarts="
                        + webRtc.restarts());
            }
        }
    }

    private static void report(String player, Page page, Map<Integer, Double> captured) {
        var millis = new ArrayList<Double>();
        double longest = 0;
        double last = 0;
        for (var each : BarcodePlayer.shown(page).entrySet()) {
            Double begun = captured.get(each.getKey());
            if (each.getKey() >= SKIPPED && begun != null) {
                millis.add(each.getValue() - begun);
                longest = last == 0 ? 0 : Math.max(longest, each.getValue() - last);
                last = each.getValue();
            }
        }
        millis.sort(Double::compare);
        assertThat(millis).hasSizeGreaterThan(50);
        int all = captured.keySet().stream().mapToInt(each -> each).max().orElse(0) - SKIPPED;
        System.out.printf(
                "%s: p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, %d of %d frames shown, longest gap %.0f ms%n",
                player,
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 9 / 10),
                millis.get(millis.size() * 99 / 100),
                millis.size(),
                all,
                longest);
    }
}
