package dev.aerie.ingest.webrtc;

import dev.aerie.video.VideoCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What a browser or an encoder offers to receive or to send (SDP, RFC 8829), as far as the other end needs it.
///
/// - `use`: what it is for
/// - `media`: each `m=` line; `video`: the index of the one that is answered
/// - `format`: the one that is answered
/// - `playoutDelay`: number of that header extension, where the browser knows it
/// - `fragment`: the browser's ICE user name
/// - `fingerprint`: of its certificate
record WebRtcOffer(
        Use use,
        List<Media> media,
        int video,
        OfferedFormat format,
        OptionalInt playoutDelay,
        String fragment,
        Fingerprint fingerprint) {

    static final String PLAYOUT_DELAY = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
    static final int MAX_CHARS = 1 << 16;

    private static final int MAX_MEDIA = 16;
    private static final int MAX_EXTENSION = 14;
    private static final Pattern MAPPING = Pattern.compile("(\\d{1,3}) (H264|H265)/90000", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,256}");

    /// What an offer is for.
    enum Use {
        /// The stream is sent to whoever offers (WHEP).
        READ("sendonly", "an offer to receive video (recvonly)"),
        /// Whoever offers sends it (WHIP).
        PUBLISH("recvonly", "an offer to send video (sendonly)");

        /// The direction of an offer that is not for this use, which is also that of the answer.
        private final String wrong;

        private final String expected;

        Use(String wrong, String expected) {
            this.wrong = wrong;
            this.expected = expected;
        }

        /// Of the answer, as SDP calls it.
        String direction() {
            return wrong;
        }
    }

    /// An `m=` line and what belongs to it.
    ///
    /// - `line`: without `m=`
    /// - `attributes`: without `a=`
    record Media(String line, List<String> attributes) {

        Media {
            attributes = List.copyOf(attributes);
        }

        String mid() {
            return first("mid:").orElse("");
        }

        boolean isVideo() {
            return line.startsWith("video ");
        }

        /// The kind, the transport and the first payload type, with which it is refused.
        String refused() {
            String[] parts = line.split(" ", -1);
            return parts[0] + " 0 " + parts[2] + " " + parts[3];
        }

        private Optional<String> first(String start) {
            return attributes.stream()
                    .filter(each -> each.startsWith(start))
                    .map(each -> each.substring(start.length()))
                    .findFirst();
        }

        private List<String> all(String start) {
            return attributes.stream()
                    .filter(each -> each.startsWith(start))
                    .map(each -> each.substring(start.length()))
                    .toList();
        }
    }

    /// Reads an offer; throws [IllegalArgumentException] with a sentence for one that cannot be answered with video.
    static WebRtcOffer read(String sdp, Use use) {
        if (sdp.length() > MAX_CHARS || !sdp.startsWith("v=0")) {
            throw new IllegalArgumentException("an offer in SDP of at most " + MAX_CHARS + " characters");
        }
        var session = new ArrayList<String>();
        var media = mediaOf(sdp, session);
        int video = 0;
        while (video < media.size() && !media.get(video).isVideo()) {
            video++;
        }
        if (video == media.size()) {
            throw new IllegalArgumentException("an offer with a line m=video");
        }
        var chosen = media.get(video);
        if (chosen.attributes().contains(use.wrong) || chosen.attributes().contains("inactive")) {
            throw new IllegalArgumentException(use.expected);
        }
        if (chosen.attributes().contains("setup:passive")) {
            throw new IllegalArgumentException("an offer with setup:actpass or setup:active");
        }
        if (!chosen.attributes().contains("rtcp-mux")) {
            throw new IllegalArgumentException("an offer with rtcp-mux");
        }
        return new WebRtcOffer(
                use,
                List.copyOf(media),
                video,
                formatOf(chosen, use),
                playoutDelayOf(chosen),
                required(chosen, session, "ice-ufrag:"),
                Fingerprint.read(required(chosen, session, "fingerprint:")));
    }

    Media chosen() {
        return media.get(video);
    }

    private static List<Media> mediaOf(String sdp, List<String> session) {
        var media = new ArrayList<Media>();
        String line = "";
        List<String> attributes = session;
        boolean isInMedia = false;
        for (String each : sdp.lines().toList()) {
            if (each.startsWith("m=")) {
                if (isInMedia) {
                    media.add(new Media(line, attributes));
                }
                line = each.substring(2);
                attributes = new ArrayList<>();
                isInMedia = true;
                if (!line.matches("[a-z]+ \\d+ [A-Z/]+( [!-~]+)+") || media.size() == MAX_MEDIA) {
                    throw new IllegalArgumentException("an offer with 1 to " + MAX_MEDIA + " lines m=");
                }
            } else if (each.startsWith("a=")) {
                attributes.add(each.substring(2));
            }
        }
        if (isInMedia) {
            media.add(new Media(line, attributes));
        }
        return media;
    }

    /// The best one there is; viewers get H.264 alone.
    private static OfferedFormat formatOf(Media video, Use use) {
        var formats = new ArrayList<OfferedFormat>();
        for (String map : video.all("rtpmap:")) {
            var found = MAPPING.matcher(map);
            if (found.matches()) {
                int type = Integer.parseInt(found.group(1));
                var codec = found.group(2).endsWith("5") ? VideoCodec.H265 : VideoCodec.H264;
                formats.add(new OfferedFormat(
                        type,
                        codec,
                        video.first("fmtp:" + type + " ").orElse(""),
                        video.attributes().contains("rtcp-fb:" + type + " goog-remb")));
            }
        }
        return formats.stream()
                .filter(each -> each.isTaken() && (use == Use.PUBLISH || each.codec() == VideoCodec.H264))
                .min(Comparator.comparingInt(OfferedFormat::rank).thenComparingInt(OfferedFormat::payloadType))
                .orElseThrow(() -> new IllegalArgumentException("an offer with H264/90000 and packetization-mode=1"));
    }

    private static OptionalInt playoutDelayOf(Media video) {
        for (String map : video.all("extmap:")) {
            String[] parts = map.split("[ /]", 2);
            if (map.endsWith(" " + PLAYOUT_DELAY) && parts[0].matches("\\d{1,2}")) {
                int number = Integer.parseInt(parts[0]);
                return number >= 1 && number <= MAX_EXTENSION ? OptionalInt.of(number) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    private static String required(Media video, List<String> session, String name) {
        String value = video.first(name)
                .or(() -> new Media("", session).first(name))
                .orElseThrow(() -> new IllegalArgumentException("an offer with a=" + name))
                .strip();
        if (!value.chars()
                .allMatch(c -> c == ' ' || TOKEN.matcher(Character.toString(c)).matches())) {
            throw new IllegalArgumentException("an offer whose a=" + name + " is of printable characters");
        }
        return value;
    }
}
