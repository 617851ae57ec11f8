package dev.aerie.ingest.live;

import com.microsoft.playwright.Page;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// A [BarcodeDrone]'s stream in the players of a browser: when each frame was captured, and when it was on show.
final class BarcodePlayer {

    /// What is on show each time the browser paints, and when it was first seen: barcode and Unix milliseconds.
    private static final String SAMPLE = """
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

    private static final String WHEP = """
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

    private BarcodePlayer() {}

    /// Opens `player`: `webcodecs`, `mse` or `whep`.
    static void open(Page page, URI address, String player, String stream) {
        boolean isWhep = player.equals("whep");
        page.navigate(isWhep ? address.resolve("/send").toString() : address + "?player=" + player + "#" + stream);
        if (isWhep) {
            page.evaluate(WHEP, stream);
        } else {
            page.selectOption("#hold", "0");
        }
    }

    /// From now on a page notes what it shows: the player's canvas, or the video at `window.whep`.
    static void watch(Page page) {
        page.evaluate(SAMPLE, List.of(BarcodeClip.BITS, BarcodeClip.CELL, BarcodeClip.LEFT));
    }

    /// When each frame was first on show since [#watch], by its barcode, in Unix milliseconds.
    @SuppressWarnings("unchecked")
    static Map<Integer, Double> shown(Page page) {
        var first = new TreeMap<Integer, Double>();
        for (var each : (List<List<Number>>) page.evaluate("shown")) {
            first.putIfAbsent(each.get(0).intValue(), each.get(1).doubleValue());
        }
        return first;
    }

    /// The capture time of each frame by its barcode, Unix milliseconds, from now on.
    static Map<Integer, Double> recorded(Relay relay, String stream) {
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
}
