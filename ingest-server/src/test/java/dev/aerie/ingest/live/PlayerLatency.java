package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.webrtc.WebRtcServer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Measures, and is no part of the suite: how long after its capture a frame is on show in Chromium, by each player.
/// docs/interfaces.md has the commands and what they gave.
@QuarkusTest
final class PlayerLatency {

    private static final int SECONDS = 18;
    private static final int SKIPPED = 45;

    /// What is on show each time the browser paints, and when it was first seen: barcode and Unix milliseconds.
    static final String SAMPLE = """
            ([bits, cell, left]) => {
              const strip = new OffscreenCanvas(640, 1);
              const context = strip.getContext('2d', { willReadFrequently: true });
              window.shown = [];
              const look = () => {
                requestAnimationFrame(look);
                const now = performance.timeOrigin + performance.now();
                const source = window.whep ?? document.getElementById('canvas');
                const width = source.videoWidth ?? source.width;
                if (!width) return;
                const scale = width / 640;
                context.drawImage(source, 0, (cell / 2) * scale, width, 1, 0, 0, 640, 1);
                const data = context.getImageData(0, 0, 640, 1).data;
                let code = 0;
                for (let bit = 0; bit < bits; bit++) if (data[4 * (left + bit * cell + cell / 2)] > 128) code |= 1 << bit;
                if (window.shown.at(-1)?.[0] !== code) window.shown.push([code, now]);
              };
              look();
            }""";

    static final String WHEP = """
            async (stream) => {
              const peer = window.peer = new RTCPeerConnection();
              peer.addTransceiver('video', { direction: 'recvonly' });
              const video = document.createElement('video');
              video.muted = true;
              document.body.prepend(video);
              peer.ontrack = ({ track }) => { video.srcObject = new MediaStream([track]); video.play(); };
              await peer.setLocalDescription();
              const answer = await fetch(`/whep/${stream}`, {
                method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription.sdp });
              await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
              window.whep = video;
            }""";

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
            Map<Integer, Double> captured = recorded(stream);
            boolean isWhep = player.equals("whep");
            page.navigate(isWhep ? address.resolve("/send").toString() : address + "?player=" + player + "#" + stream);
            if (isWhep) {
                page.evaluate(WHEP, stream);
            } else {
                page.selectOption("#hold", "0");
            }
            page.evaluate(SAMPLE, List.of(BarcodeClip.BITS, BarcodeClip.CELL, BarcodeClip.LEFT));
            page.waitForTimeout(SECONDS * 1000.0);
            report(player, page, captured);
            if (isWhep) {
                System.out.println("whep " + page.evaluate(WHEP_STATS) + " resent=" + webRtc.resent() + " restarts="
                        + webRtc.restarts());
            }
        }
    }

    /// The capture time of each frame by its barcode, Unix milliseconds, from now on.
    private Map<Integer, Double> recorded(String stream) {
        var captured = new ConcurrentHashMap<Integer, Double>();
        Eventually.gives("the stream", () -> relay.find(stream), Optional::isPresent)
                .orElseThrow()
                .subscribe(new RelayReader() {
                    private int next;

                    @Override
                    public void accept(AccessUnit unit) {
                        captured.put(
                                next++,
                                unit.stamp().map(FrameStamp::captureTimeNanos).orElseThrow() / 1e6);
                    }

                    @Override
                    public void ended() {}
                });
        return captured;
    }

    @SuppressWarnings("unchecked")
    private static void report(String player, Page page, Map<Integer, Double> captured) {
        var shown = (List<List<Number>>) page.evaluate("shown");
        var first = new HashMap<Integer, Double>();
        shown.forEach(
                each -> first.putIfAbsent(each.get(0).intValue(), each.get(1).doubleValue()));
        var millis = new ArrayList<Double>();
        double longest = 0;
        double last = 0;
        for (var each : new TreeMap<>(first).entrySet()) {
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
