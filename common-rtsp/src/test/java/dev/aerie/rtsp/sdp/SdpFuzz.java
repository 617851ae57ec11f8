package dev.aerie.rtsp.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/// Session descriptions, as publishers announce them and cameras give them.
final class SdpFuzz {

    private SdpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var video = SessionDescription.parse(new String(data, UTF_8)).video();
            if (video.payloadType() < 0 || video.codec().isEmpty()) {
                throw new AssertionError(video);
            }
        } catch (IOException _) {
            // Refused in words.
        }
    }
}
