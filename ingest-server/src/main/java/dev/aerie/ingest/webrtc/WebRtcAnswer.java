package dev.aerie.ingest.webrtc;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// The answer to an offer: video is sent or received, by an end that is ICE-lite and waits for DTLS.
///
/// - `fragment`, `password`: the server's, of ICE
/// - `addresses`: where the server is, the preferred one first
record WebRtcAnswer(
        WebRtcOffer offer,
        String fragment,
        String password,
        Fingerprint fingerprint,
        int ssrc,
        List<InetAddress> addresses,
        int port) {

    private static final int HOST_PREFERENCE = 126;
    private static final int LOCAL_PREFERENCE = 0xffff;

    String sdp() {
        var out = new StringBuilder();
        line(out, "v=0");
        line(out, "o=- " + Integer.toUnsignedString(ssrc) + " 1 IN IP4 127.0.0.1");
        line(out, "s=aerie");
        line(out, "t=0 0");
        line(out, "a=ice-lite");
        line(out, "a=group:BUNDLE " + offer.chosen().mid());
        line(out, "a=msid-semantic: WMS aerie");
        for (int i = 0; i < offer.media().size(); i++) {
            if (i == offer.video()) {
                video(out);
            } else {
                refused(out, offer.media().get(i));
            }
        }
        return out.toString();
    }

    private void video(StringBuilder out) {
        var format = offer.format();
        int type = format.payloadType();
        boolean sends = offer.use() == WebRtcOffer.Use.READ;
        line(out, "m=video " + port + " UDP/TLS/RTP/SAVPF " + type);
        line(out, "c=IN IP4 0.0.0.0");
        line(out, "a=mid:" + offer.chosen().mid());
        line(out, "a=" + offer.use().direction());
        line(out, "a=rtcp-mux");
        if (offer.chosen().attributes().contains("rtcp-rsize")) {
            line(out, "a=rtcp-rsize");
        }
        line(out, "a=ice-ufrag:" + fragment);
        line(out, "a=ice-pwd:" + password);
        line(out, "a=fingerprint:" + fingerprint);
        line(out, "a=setup:passive");
        line(out, "a=rtpmap:" + type + " " + format.codec().rtpEncoding() + "/90000");
        if (!format.answered().isEmpty()) {
            line(out, "a=fmtp:" + type + " " + format.answered());
        }
        line(out, "a=rtcp-fb:" + type + " nack");
        line(out, "a=rtcp-fb:" + type + " nack pli");
        if (sends) {
            line(out, "a=rtcp-fb:" + type + " ccm fir");
            offer.playoutDelay().ifPresent(number -> line(out, "a=extmap:" + number + " " + WebRtcOffer.PLAYOUT_DELAY));
            line(out, "a=msid:aerie video");
            line(out, "a=ssrc:" + Integer.toUnsignedString(ssrc) + " cname:aerie");
        } else if (format.takesEstimates()) {
            line(out, "a=rtcp-fb:" + type + " goog-remb");
        }
        for (int i = 0; i < addresses.size(); i++) {
            long priority = (long) HOST_PREFERENCE << 24 | (long) (LOCAL_PREFERENCE - i) << 8 | 255;
            line(
                    out,
                    "a=candidate:" + (i + 1) + " 1 udp " + priority + " " + literal(addresses.get(i)) + " " + port
                            + " typ host");
        }
        line(out, "a=end-of-candidates");
    }

    private static void refused(StringBuilder out, WebRtcOffer.Media media) {
        line(out, "m=" + media.refused());
        line(out, "c=IN IP4 0.0.0.0");
        line(out, "a=inactive");
        line(out, "a=mid:" + media.mid());
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return address instanceof Inet6Address && zone >= 0 ? text.substring(0, zone) : text;
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append("\r\n");
    }
}
