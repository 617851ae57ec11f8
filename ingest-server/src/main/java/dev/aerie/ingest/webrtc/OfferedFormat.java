package dev.aerie.ingest.webrtc;

import dev.aerie.video.VideoCodec;
import java.util.Locale;

/// A format of video in an offer.
///
/// - `payloadType`: 0..999 as it was offered
/// - `parameters`: the offer's `a=fmtp:`, without the payload type; may be empty
/// - `takesEstimates`: whether a sender wants to know how much it may send (`goog-remb`)
record OfferedFormat(int payloadType, VideoCodec codec, String parameters, boolean takesEstimates) {

    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final String BASELINE = "42e01f";

    /// Whether it can be packetized as we do it: of H.264 packetization mode 1.
    boolean isTaken() {
        return payloadType <= MAX_PAYLOAD_TYPE
                && (codec == VideoCodec.H265 || parameter("packetization-mode").equals("1"));
    }

    /// The lowest is the best: H.264 in baseline profile, which every browser decodes and encodes; browsers decode what
    /// their decoder decodes, whatever profile was agreed on.
    int rank() {
        if (codec == VideoCodec.H265) {
            return 2;
        }
        return profile().equals(BASELINE) ? 0 : 1;
    }

    /// The parameters of the answer.
    String answered() {
        return codec == VideoCodec.H265
                ? parameters
                : "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=" + profile();
    }

    private String profile() {
        String id = parameter("profile-level-id");
        return id.matches("[0-9a-f]{6}") ? id : BASELINE;
    }

    private String parameter(String name) {
        for (String each : parameters.toLowerCase(Locale.ROOT).split(";", -1)) {
            String[] pair = each.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(name)) {
                return pair[1];
            }
        }
        return "";
    }
}
