package dev.aerie.rtsp.sdp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// One `m=` section.
///
/// - `kind`: `video`, `audio` …
/// - `control`: its URL, absolute or relative to the session's; empty without one
/// - `encoding`: in upper case, such as `H264`; empty where no `rtpmap` names it
/// - `payloadType`: of that encoding; -1 without one
/// - `parameterSets`: SPS and PPS as Annex-B, read-only; empty if it has none
public record MediaDescription(
        String kind, String control, String encoding, int payloadType, ByteBuffer parameterSets) {

    private static final String CONTROL = "a=control:";
    private static final Pattern RTPMAP = Pattern.compile("a=rtpmap: *(\\d{1,3}) +([^/ ]+)(?:/ *(\\d+).*)?");
    private static final Pattern SPROP = Pattern.compile(".*sprop-parameter-sets *= *([A-Za-z0-9+/=,]+).*");
    private static final String VIDEO_CLOCK = "90000";
    private static final String H264 = "H264";

    public boolean isVideo() {
        return kind.equals("video");
    }

    public boolean isH264() {
        return isVideo() && encoding.equals(H264);
    }

    /// Reads the lines of a section, stripped; the first begins with `m=`.
    static MediaDescription parse(List<String> lines) {
        String kind = lines.getFirst().substring(2).split(" ", 2)[0];
        String encoding = "";
        int payloadType = -1;
        var sets = new ByteArrayOutputStream();
        for (String line : lines) {
            var rtpmap = RTPMAP.matcher(line);
            var sprop = SPROP.matcher(line);
            if (rtpmap.matches() && !encoding.equals(H264)) {
                boolean videoClock = rtpmap.group(3) == null || rtpmap.group(3).equals(VIDEO_CLOCK);
                String name = rtpmap.group(2).toUpperCase(Locale.ROOT);
                encoding = name.equals(H264) && !videoClock ? name + "/" + rtpmap.group(3) : name;
                payloadType = Integer.parseInt(rtpmap.group(1));
            } else if (line.startsWith("a=fmtp:") && sprop.matches()) {
                for (String set : sprop.group(1).split(",", -1)) {
                    appendSet(set, sets);
                }
            }
        }
        var annexB = ByteBuffer.wrap(sets.toByteArray()).asReadOnlyBuffer();
        return new MediaDescription(kind, control(lines), encoding, payloadType, annexB);
    }

    /// The last `a=control` of these lines; empty without one.
    static String control(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(CONTROL))
                .map(line -> line.substring(CONTROL.length()).strip())
                .reduce("", (_, later) -> later);
    }

    /// Some cameras end the list in a comma or garble it: what is not Base64 is skipped, the sets may come in band.
    private static void appendSet(String base64, ByteArrayOutputStream annexB) {
        try {
            byte[] nal = Base64.getDecoder().decode(base64);
            if (nal.length > 1) {
                annexB.writeBytes(new byte[] {0, 0, 0, 1});
                annexB.writeBytes(nal);
            }
        } catch (IllegalArgumentException _) {
            // Not Base64.
        }
    }
}
