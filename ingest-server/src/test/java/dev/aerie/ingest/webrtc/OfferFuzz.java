package dev.aerie.ingest.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aerie.ingest.webrtc.WebRtcOffer.Use;
import java.net.InetAddress;
import java.util.List;

/// Offers of viewers (WHEP) and publishers (WHIP): what is answered has the offer's media in its order, and nothing
/// else.
final class OfferFuzz {

    private static final Fingerprint OWN = Fingerprint.read("sha-256 " + "AB:".repeat(31) + "AB");
    private static final List<InetAddress> ADDRESSES =
            List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::1"));

    private OfferFuzz() {}

    /// The first byte: what it is for.
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        WebRtcOffer offer;
        try {
            offer = WebRtcOffer.read(
                    new String(data, 1, data.length - 1, UTF_8), (data[0] & 1) == 0 ? Use.READ : Use.PUBLISH);
        } catch (IllegalArgumentException _) {
            return; // Refused in words.
        }
        var answer = new WebRtcAnswer(offer, "fragment", "password", OWN, 7, ADDRESSES, 8555).sdp();
        long media = answer.lines().filter(line -> line.startsWith("m=")).count();
        long refused =
                answer.lines().filter(line -> line.matches("m=[a-z]+ 0 .*")).count();
        if (media != offer.media().size() || refused != media - 1) {
            throw new AssertionError(media + " media in the answer, " + refused + " of them refused");
        }
        if (!answer.lines().allMatch(line -> line.matches("[a-z]=.*"))) {
            throw new AssertionError("a line that is none: " + answer);
        }
    }
}
