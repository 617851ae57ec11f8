package dev.aerie.rtsp.sdp;

import dev.aerie.video.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// One `m=` section. A description comes from anybody and is read on an event loop: each line is read in one pass.
///
/// - `kind`: `video`, `audio` …
/// - `control`: its URL, absolute or relative to the session's; empty without one
/// - `encoding`: in upper case, such as `H264`; empty where no `rtpmap` names it
/// - `payloadType`: of that encoding; -1 without one
/// - `parameterSets`: as Annex-B, read-only; empty if it has none
/// - `interleaved`: whether its packets carry decoding order numbers (DONL; RFC 7798, 4.5), which are not read here
public record MediaDescription(
        String kind, String control, String encoding, int payloadType, ByteBuffer parameterSets, boolean interleaved) {

    private static final String CONTROL = "a=control:";
    private static final String FORMAT = "a=fmtp:";
    private static final String ORDER_NUMBERS = "sprop-max-don-diff";

    /// In the order of the bitstream.
    private static final List<String> PARAMETER_SETS =
            List.of("sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps");

    public boolean isVideo() {
        return kind.equals("video");
    }

    /// The codec of video that is taken here; empty for all else.
    public Optional<VideoCodec> codec() {
        return isVideo() ? VideoCodec.ofRtpEncoding(encoding) : Optional.empty();
    }

    /// Reads the lines of a section, stripped; the first begins with `m=`.
    static MediaDescription parse(List<String> lines) {
        String kind = lines.getFirst().substring(2).split(" ", 2)[0];
        String encoding = "";
        int payloadType = -1;
        boolean interleaved = false;
        var sets = new ByteArrayOutputStream();
        for (String line : lines) {
            var mapping = RtpMapping.parse(line);
            if (mapping.isPresent() && VideoCodec.ofRtpEncoding(encoding).isEmpty()) {
                encoding = mapping.get().encoding();
                payloadType = mapping.get().payloadType();
            } else if (line.startsWith(FORMAT)) {
                for (String name : PARAMETER_SETS) {
                    for (String set : parameter(name, line).split(",", -1)) {
                        appendSet(set, sets);
                    }
                }
                interleaved |= !parameter(ORDER_NUMBERS, line).matches("0*");
            }
        }
        var annexB = ByteBuffer.wrap(sets.toByteArray()).asReadOnlyBuffer();
        return new MediaDescription(kind, control(lines), encoding, payloadType, annexB, interleaved);
    }

    /// The last `a=control` of these lines; empty without one.
    static String control(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(CONTROL))
                .map(line -> line.substring(CONTROL.length()).strip())
                .reduce("", (_, later) -> later);
    }

    /// The value of the last parameter of that name, however a camera separates it from the others; empty without one.
    private static String parameter(String name, String line) {
        for (int at = line.lastIndexOf(name); at >= 0; at = line.lastIndexOf(name, at - 1)) {
            int equals = skipSpaces(line, at + name.length());
            if (equals < line.length() && line.charAt(equals) == '=') {
                int start = skipSpaces(line, equals + 1);
                int end = start;
                while (end < line.length() && isOfValue(line.charAt(end))) {
                    end++;
                }
                if (end > start) {
                    return line.substring(start, end);
                }
            }
        }
        return "";
    }

    private static int skipSpaces(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static boolean isOfValue(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+/=,".indexOf(c) >= 0;
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
