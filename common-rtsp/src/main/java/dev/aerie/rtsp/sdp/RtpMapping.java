package dev.aerie.rtsp.sdp;

import dev.aerie.video.VideoCodec;
import java.util.Locale;
import java.util.Optional;

/// A line `a=rtpmap:96 H264/90000`.
///
/// - `encoding`: in upper case; H264 and H265 of another clock than video's have the clock with them, `H264/8000`
record RtpMapping(int payloadType, String encoding) {

    private static final String BEGINNING = "a=rtpmap:";
    private static final int MAX_TYPE_DIGITS = 3;
    private static final String VIDEO_CLOCK = "90000";

    /// Empty for any other line.
    static Optional<RtpMapping> parse(String line) {
        if (!line.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        String text = line.substring(BEGINNING.length()).strip();
        String type = digitsAtStart(text);
        String format = text.substring(type.length()).strip();
        int slash = format.indexOf('/');
        String name = (slash < 0 ? format : format.substring(0, slash)).toUpperCase(Locale.ROOT);
        String clock = slash < 0
                ? VIDEO_CLOCK
                : digitsAtStart(format.substring(slash + 1).strip());
        boolean isMapping = !type.isEmpty()
                && type.length() <= MAX_TYPE_DIGITS
                && text.startsWith(" ", type.length())
                && !name.isEmpty()
                && name.indexOf(' ') < 0
                && !clock.isEmpty();
        if (!isMapping) {
            return Optional.empty();
        }
        boolean isOtherClock = VideoCodec.ofRtpEncoding(name).isPresent() && !clock.equals(VIDEO_CLOCK);
        return Optional.of(new RtpMapping(Integer.parseInt(type), isOtherClock ? name + "/" + clock : name));
    }

    private static String digitsAtStart(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return text.substring(0, end);
    }
}
