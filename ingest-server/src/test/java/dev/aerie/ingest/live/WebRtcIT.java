package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.webrtc.WebRtcServer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// WebRTC of a running server in Chromium, out and in: what is shown are the frames of the stream, from the relay's own
/// packets, also where the publisher is a browser.
@QuarkusTest
final class WebRtcIT extends InChromium {

    private static final int FRAMES = 20;

    /// Plays a stream in a page of ours; resolves to the barcodes of the frames shown, and to the session's address.
    private static final String PLAY = """
            async ([stream, wanted, bits, cell, left]) => {
              const peer = new RTCPeerConnection();
              peer.addTransceiver('audio', { direction: 'recvonly' });
              peer.addTransceiver('video', { direction: 'recvonly' });
              const video = document.createElement('video');
              video.muted = true;
              document.body.append(video);
              peer.ontrack = ({ track }) => { video.srcObject = new MediaStream([track]); video.play(); };
              await peer.setLocalDescription();
              const answer = await fetch(`/whep/${stream}`, {
                method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription.sdp });
              if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
              await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
              const canvas = new OffscreenCanvas(640, 360);
              const context = canvas.getContext('2d', { willReadFrequently: true });
              const codes = [];
              await new Promise((resolve) => {
                const take = () => {
                  context.drawImage(video, 0, 0, 640, 360);
                  let code = 0;
                  for (let bit = 0; bit < bits; bit++) {
                    const pixel = context.getImageData(left + bit * cell + cell / 2, cell / 2, 1, 1).data;
                    if (pixel[0] > 128) code |= 1 << bit;
                  }
                  codes.push(code);
                  if (codes.length < wanted) video.requestVideoFrameCallback(take); else resolve();
                };
                video.requestVideoFrameCallback(take);
              });
              window.peer = peer;
              return { codes, session: answer.headers.get('Location') };
            }""";

    /// Publishes a canvas with a barcode that counts; resolves to what the server answered.
    private static final String PUBLISH = """
            async ([stream, bits, cell, left]) => {
              const canvas = document.createElement('canvas');
              canvas.width = 640;
              canvas.height = 360;
              const context = canvas.getContext('2d');
              let frame = 0;
              const draw = () => {
                context.fillStyle = '#404040';
                context.fillRect(0, 0, 640, 360);
                for (let bit = 0; bit < bits; bit++) {
                  context.fillStyle = frame >> bit & 1 ? '#fff' : '#000';
                  context.fillRect(left + bit * cell, 0, cell, cell);
                }
                frame++;
              };
              draw();
              setInterval(draw, 66);
              window.sending = new RTCPeerConnection();
              const [track] = canvas.captureStream(15).getTracks();
              sending.addTransceiver(track, { direction: 'sendonly' });
              await sending.setLocalDescription();
              const answer = await fetch(`/whip/${stream}`, {
                method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: sending.localDescription.sdp });
              const sdp = await answer.text();
              if (answer.status !== 201) throw new Error(`${answer.status} ${sdp}`);
              await sending.setRemoteDescription({ type: 'answer', sdp });
              return { session: answer.headers.get('Location'), etag: answer.headers.get('ETag'),
                offer: sending.localDescription.sdp };
            }""";

    private static List<AccessUnit> clip = List.of();

    @Inject
    Streams streams;

    @Inject
    ResultHub hub;

    @Inject
    WebRtcServer server;

    @TestHTTPResource("/")
    URI address;

    /// What the page's script gives.
    private record Played(List<Integer> codes, String session) {}

    @BeforeAll
    static void encode() throws Exception {
        clip = BarcodeClip.encode(300, BarcodeDrone.RATE, 2 * BarcodeDrone.RATE);
    }

    @Test
    void whep_runningStream_isPlayedByChromiumUntilItLeaves() throws Exception {
        try (var drone = new BarcodeDrone(streams, hub, clip, false);
                var page = browser.newPage()) {
            drone.start("whep-it");
            Eventually.holds("frames", () -> frames("whep-it") > 10);
            page.navigate(address.resolve("/send").toString());

            var played = play(page, "whep-it");

            assertThat(played.codes()).isSorted();
            assertThat(new HashSet<>(played.codes())).hasSizeGreaterThan(FRAMES / 2);
            assertThat(played.codes()).allMatch(code -> code < clip.size());
            assertThat(delete(played.session())).isEqualTo(204);
            Eventually.holds("end of the session", () -> server.sessions() == 0);
            assertThat(delete(played.session())).isEqualTo(404);
        }
    }

    @Test
    void whep_whatCannotBeAnswered_isRefusedWithTheReason() throws Exception {
        assertThat(post("/whep/nobody", "v=0\r\n").body()).contains("no live stream has this name");
        try (var drone = new BarcodeDrone(streams, hub, clip, false)) {
            drone.start("whep-refused");
            Eventually.holds("frames", () -> frames("whep-refused") > 0);
            var answer = post("/whep/whep-refused", "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("m=video");
            assertThat(server.sessions()).isZero();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void whip_chromium_isALiveStreamThatAnotherPagePlaysUntilItLeaves() throws Exception {
        try (var publisher = browser.newPage();
                var viewer = browser.newPage()) {
            publisher.navigate(address.resolve("/send").toString());
            viewer.navigate(address.resolve("/send").toString());

            var answer = (Map<String, String>) publisher.evaluate(
                    PUBLISH, List.of("whip-it", BarcodeClip.BITS, BarcodeClip.CELL, BarcodeClip.LEFT));

            Eventually.holds("frames", () -> frames("whip-it") > 10);
            var live = streams.find("whip-it").orElseThrow().snapshot();
            assertThat(live.source()).startsWith("webrtc publisher ");
            assertThat(new HashSet<>(play(viewer, "whip-it").codes())).hasSizeGreaterThan(FRAMES / 2);
            Eventually.holds("the next IDR frame", () -> server.idrsAsked() > 0);
            String session = answer.get("session");
            assertThat(post("/whip/whip-it", answer.get("offer")).statusCode()).isEqualTo(409);
            assertThat(patch(session, answer.get("etag"), "a=candidate:1 1 udp 1 192.0.2.1 9 typ host"))
                    .isEqualTo(204);
            assertThat(patch(session, "", "a=end-of-candidates")).isEqualTo(428);
            assertThat(patch(session, "\"other\"", "a=end-of-candidates")).isEqualTo(412);
            assertThat(patch(session, "*", "a=ice-ufrag:new1\r\na=ice-pwd:new")).isEqualTo(422);

            assertThat(delete(session)).isEqualTo(200);

            Eventually.holds(
                    "end of the stream",
                    () -> streams.find("whip-it").orElseThrow().state() == StreamState.ENDED);
            Eventually.holds("end of the sessions", () -> server.sessions() == 0);
            assertThat(delete(session)).isEqualTo(404);
        }
    }

    private long frames(String stream) {
        return streams.find(stream)
                .map(each -> each.snapshot().totals().frames())
                .orElse(0L);
    }

    @SuppressWarnings("unchecked")
    private static Played play(Page page, String stream) {
        var result = (Map<String, Object>)
                page.evaluate(PLAY, List.of(stream, FRAMES, BarcodeClip.BITS, BarcodeClip.CELL, BarcodeClip.LEFT));
        return new Played((List<Integer>) result.get("codes"), (String) result.get("session"));
    }

    private HttpResponse<String> post(String path, String offer) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address.resolve(path))
                    .header("Content-Type", "application/sdp")
                    .POST(BodyPublishers.ofString(offer))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private int patch(String session, String etag, String fragment) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address.resolve(session))
                    .header("Content-Type", "application/trickle-ice-sdpfrag")
                    .method("PATCH", BodyPublishers.ofString(fragment));
            if (!etag.isEmpty()) {
                request.header("If-Match", etag);
            }
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private int delete(String session) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(address.resolve(session)).DELETE().build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
