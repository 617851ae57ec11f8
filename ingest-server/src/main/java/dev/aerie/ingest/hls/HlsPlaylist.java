package dev.aerie.ingest.hls;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// The text of a media playlist.
final class HlsPlaylist {

    /// Segments from the end whose parts are listed: those that a player may still be in.
    private static final int WITH_PARTS = 3;

    private HlsPlaylist() {}

    /// - `segments`: oldest first, the last one may still grow; at least one
    /// - `discontinuities`: before the first of them
    static String of(List<HlsSegment> segments, long discontinuities) {
        var text = new StringBuilder(2048)
                .append("#EXTM3U\n#EXT-X-VERSION:9\n")
                .append("#EXT-X-TARGETDURATION:")
                .append(HlsStream.TARGET_SECONDS)
                .append('\n')
                .append(String.format(
                        Locale.ROOT,
                        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=%.3f\n",
                        3 * HlsStream.PART_TARGET_SECONDS))
                .append(String.format(Locale.ROOT, "#EXT-X-PART-INF:PART-TARGET=%.3f\n", HlsStream.PART_TARGET_SECONDS))
                .append("#EXT-X-MEDIA-SEQUENCE:")
                .append(segments.getFirst().number())
                .append("\n#EXT-X-DISCONTINUITY-SEQUENCE:")
                .append(discontinuities)
                .append('\n');
        HlsMap map = null;
        for (int i = 0; i < segments.size(); i++) {
            HlsSegment segment = segments.get(i);
            if (segment.isDiscontinuous() && i > 0) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            if (!segment.map().equals(map)) {
                map = segment.map();
                text.append("#EXT-X-MAP:URI=\"")
                        .append(HlsFile.map(map.number()))
                        .append("\"\n");
            }
            append(text, segment, i >= segments.size() - WITH_PARTS);
        }
        HlsSegment last = segments.getLast();
        String next = last.isComplete()
                ? HlsFile.part(last.number() + 1, 0)
                : HlsFile.part(last.number(), last.parts().size());
        return text.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"")
                .append(next)
                .append("\"\n")
                .toString();
    }

    private static void append(StringBuilder text, HlsSegment segment, boolean withParts) {
        text.append("#EXT-X-PROGRAM-DATE-TIME:")
                .append(Instant.ofEpochSecond(0, segment.captureTimeNanos()).truncatedTo(ChronoUnit.MILLIS))
                .append('\n');
        List<HlsPart> parts = segment.parts();
        for (int i = 0; withParts && i < parts.size(); i++) {
            HlsPart part = parts.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "#EXT-X-PART:DURATION=%.5f,URI=\"%s\"%s\n",
                    part.seconds(),
                    HlsFile.part(segment.number(), i),
                    part.isIndependent() ? ",INDEPENDENT=YES" : ""));
        }
        if (segment.isComplete()) {
            text.append(String.format(
                    Locale.ROOT, "#EXTINF:%.5f,\n%s\n", segment.seconds(), HlsFile.segment(segment.number())));
        }
    }
}
