package dev.aerie.rtsp.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Pattern;

/// The first video of a session description (RFC 8866), which must be H.264 (RFC 6184, section 8).
///
/// - `control`: its own location, absolute or relative to the session's; empty for the session's itself
/// - `parameterSets`: SPS and PPS as Annex-B; empty where the description has none
record VideoDescription(String control, int payloadType, ByteBuffer parameterSets) {

    private static final Pattern MEDIA = Pattern.compile("(?m)^m=");
    private static final Pattern FORMAT = Pattern.compile("(?m)^a=rtpmap:(\\d+)\\s+([^/\\s]+)");
    private static final Pattern CONTROL = Pattern.compile("(?m)^a=control:(\\S*)");
    private static final Pattern SETS = Pattern.compile("sprop-parameter-sets=([A-Za-z0-9+/=,]+)");
    private static final byte[] START_CODE = {0, 0, 0, 1};

    static VideoDescription parse(String sdp) throws IOException {
        for (String media : MEDIA.split(sdp, -1)) {
            if (media.startsWith("video ")) {
                return video(media);
            }
        }
        throw new IOException("no video in the session description");
    }

    /// Where `SETUP` goes to.
    String locationIn(String base) {
        if (control.isEmpty() || control.equals("*")) {
            return base;
        }
        return control.startsWith("rtsp://") ? control : base + (base.endsWith("/") ? "" : "/") + control;
    }

    private static VideoDescription video(String media) throws IOException {
        var format = FORMAT.matcher(media);
        if (!format.find() || !format.group(2).equalsIgnoreCase("H264")) {
            throw new IOException("video is " + (format.hasMatch() ? format.group(2) : "unknown") + ", want H264");
        }
        var control = CONTROL.matcher(media);
        return new VideoDescription(
                control.find() ? control.group(1) : "", Integer.parseInt(format.group(1)), parameterSets(media));
    }

    private static ByteBuffer parameterSets(String media) {
        var out = new ByteArrayOutputStream();
        var sets = SETS.matcher(media);
        if (sets.find()) {
            for (String set : sets.group(1).split(",", -1)) {
                out.writeBytes(START_CODE);
                out.writeBytes(Base64.getDecoder().decode(set));
            }
        }
        return ByteBuffer.wrap(out.toByteArray()).asReadOnlyBuffer();
    }
}
