package dev.aerie.storage.clip;

import dev.aerie.storage.catalog.Segment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text of a media playlist, from the oldest segment to the newest. Used by one thread.
final class ArchivePlaylist {

    static final String INIT = "init.mp4";

    /// A larger gap between two segments is a discontinuity.
    private static final long MAX_GAP_NANOS = Duration.ofMillis(500).toNanos();

    private final long fromNanos;
    private final long endNanos;
    private final StringBuilder text = new StringBuilder(4_096)
            .append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
            .append(HlsGroups.TARGET_SECONDS)
            .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n");

    private @Nullable Segment before;
    private boolean isEmpty = true;
    private boolean isDiscontinuous;
    private boolean waitsForIdr = true;

    /// - `fromNanos`: begins with the last IDR frame up to then, or with the first
    /// - `endNanos`: exclusive
    ArchivePlaylist(long fromNanos, long endNanos) {
        this.fromNanos = fromNanos;
        this.endNanos = endNanos;
    }

    void add(Segment segment, List<HlsGroups.Group> groups) {
        if (!follows(segment)) {
            isDiscontinuous = true;
            waitsForIdr = true;
        }
        boolean hasMap = false;
        for (var group : groups.subList(isEmpty ? firstShown(groups) : 0, groups.size())) {
            if (group.captureTimeNanos() >= endNanos || (waitsForIdr && !group.isIdr())) {
                continue;
            }
            if (isDiscontinuous && !isEmpty) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            if (!hasMap) {
                text.append("#EXT-X-MAP:URI=\"").append(uri(segment, INIT)).append("\"\n");
            }
            append(segment, group);
            hasMap = true;
            isEmpty = false;
            waitsForIdr = false;
            isDiscontinuous = group.hasPause();
        }
        before = segment;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /// - `isComplete`: nothing is going to be added
    String text(boolean isComplete) {
        return isComplete ? text + "#EXT-X-ENDLIST\n" : text.toString();
    }

    /// Whether a decoder goes on with this segment after the one before.
    private boolean follows(Segment segment) {
        var last = before;
        return last != null
                && last.session().equals(segment.session())
                && last.codec().equals(segment.codec())
                && last.size().equals(segment.size())
                && Math.abs(segment.startNanos() - last.endNanos()) <= MAX_GAP_NANOS;
    }

    private int firstShown(List<HlsGroups.Group> groups) {
        int first = 0;
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).isIdr() && groups.get(i).captureTimeNanos() <= fromNanos) {
                first = i;
            }
        }
        return first;
    }

    private void append(Segment segment, HlsGroups.Group group) {
        text.append("#EXT-X-PROGRAM-DATE-TIME:")
                .append(Instant.ofEpochSecond(0, group.captureTimeNanos()).truncatedTo(ChronoUnit.MILLIS))
                .append(String.format(Locale.ROOT, "\n#EXTINF:%.5f,\n", group.seconds()))
                .append(uri(segment, group.first() + "-" + group.last() + ".m4s"))
                .append('\n');
    }

    /// As the resources have it, from the playlist's address.
    private static String uri(Segment segment, String file) {
        return "../../segments/" + segment.id() + "/hls/" + file;
    }
}
