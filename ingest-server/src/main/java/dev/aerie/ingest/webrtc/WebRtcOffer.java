package dev.aerie.ingest.webrtc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What a browser offers to receive (SDP, RFC 8829), as far as a sender of H.264 needs it.
///
/// - `media`: each `m=` line; `video`: the index of the one that is answered
/// - `payloadType`, `profile`: of H.264 with packetization mode 1, and its `profile-level-id`
/// - `playoutDelay`: number of that header extension, where the browser knows it
/// - `fragment`: the browser's ICE user name
/// - `fingerprint`: of its certificate
record WebRtcOffer(
        List<Media> media,
        int video,
        int payloadType,
        String profile,
        OptionalInt playoutDelay,
        String fragment,
        Fingerprint fingerprint) {

    static final String PLAYOUT_DELAY = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
    static final int MAX_CHARS = 1 << 16;

    private static final int MAX_MEDIA = 16;
    private static final int MAX_EXTENSION = 14;
    private static final Pattern H264 = Pattern.compile("(\\d{1,3}) H264/90000", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,256}");
    private static final String BASELINE = "42e01f";

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
    static WebRtcOffer read(String sdp) {
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
        if (chosen.attributes().contains("sendonly") || chosen.attributes().contains("inactive")) {
            throw new IllegalArgumentException("an offer to receive video (recvonly)");
        }
        if (!chosen.attributes().contains("rtcp-mux")) {
            throw new IllegalArgumentException("an offer with rtcp-mux");
        }
        var format = formatOf(chosen);
        return new WebRtcOffer(
                List.copyOf(media),
                video,
                format.getKey(),
                format.getValue(),
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

    /// Baseline profile comes first where there are several: every browser decodes what its decoder decodes, whatever
    /// profile was agreed on.
    private static Map.Entry<Integer, String> formatOf(Media video) {
        var profiles = new HashMap<Integer, String>();
        for (String map : video.all("rtpmap:")) {
            var found = H264.matcher(map);
            if (found.matches()) {
                int type = Integer.parseInt(found.group(1));
                String parameters = video.first("fmtp:" + type + " ").orElse("").toLowerCase(Locale.ROOT);
                if (("; " + parameters).replace(" ", "").contains(";packetization-mode=1")) {
                    profiles.put(type, profileOf(parameters));
                }
            }
        }
        return profiles.entrySet().stream()
                .min(Map.Entry.<Integer, String>comparingByValue((a, b) -> rank(a) - rank(b))
                        .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow(() -> new IllegalArgumentException("an offer with H264/90000 and packetization-mode=1"));
    }

    private static int rank(String profile) {
        return profile.equals(BASELINE) ? 0 : 1;
    }

    private static String profileOf(String parameters) {
        for (String each : parameters.split(";", -1)) {
            String[] pair = each.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("profile-level-id") && pair[1].matches("[0-9a-f]{6}")) {
                return pair[1];
            }
        }
        return BASELINE;
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
