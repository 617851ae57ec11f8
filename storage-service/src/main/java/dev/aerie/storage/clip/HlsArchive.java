package dev.aerie.storage.clip;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.InitSegment;
import dev.aerie.video.mp4.MovieFragment;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The archive as HLS (RFC 8216bis): playlists from any time on, which go on while the stream is recorded, and what
/// they name, put together from the samples of the segments; no such file exists on a disk. Thread-safe.
///
/// Frames are presented at their capture times in Unix time, so that the segments of a session follow each other
/// without a discontinuity.
public final class HlsArchive {

    /// The longest time that a playlist covers.
    public static final Duration MAX_SPAN = Duration.ofHours(12);

    private static final Pattern MEDIA = Pattern.compile("([0-9]{1,8})-([0-9]{1,8})\\.m4s");
    private static final int MAX_FRAMES = 4_096;
    private static final double NANOS_PER_SECOND = 1e9;

    /// 12 hours of segments of 10 s.
    private static final int REMEMBERED = 4_320;

    private final SegmentFrames segmentFrames;
    private final InstantSource clock;

    /// Of closed segments.
    @GuardedBy("this")
    private final Map<String, List<HlsGroups.Group>> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<HlsGroups.Group>> eldest) {
            return size() > REMEMBERED;
        }
    };

    public HlsArchive(SegmentFrames segmentFrames, InstantSource clock) {
        this.segmentFrames = segmentFrames;
        this.clock = clock;
    }

    /// The playlist of a stream from the IDR frame at or before a time on. It ends at `toNanos`, or where it covers
    /// [#MAX_SPAN]. Throws [NoVideoException] if nothing is there from then on.
    ///
    /// - `fromNanos`: Unix time, at least 0
    /// - `toNanos`: exclusive; `Long.MAX_VALUE` for a playlist that goes on
    public String playlist(String stream, long fromNanos, long toNanos) throws IOException, NoVideoException {
        var segments = segmentFrames.segments(stream, fromNanos, toNanos);
        if (segments.isEmpty()) {
            throw new NoVideoException();
        }
        long begin = Math.max(fromNanos, segments.getFirst().startNanos());
        long end = toNanos - begin > MAX_SPAN.toNanos() ? begin + MAX_SPAN.toNanos() : toNanos;
        var playlist = new ArchivePlaylist(fromNanos, end);
        for (Segment segment : segments) {
            if (segment.startNanos() < end) {
                playlist.add(segment, groups(segment));
            }
        }
        if (playlist.isEmpty()) {
            throw new NoVideoException();
        }
        return playlist.text(nowNanos() >= end);
    }

    /// A playlist that names another one, which begins `last` before now and goes on: a player reads this one once.
    /// Throws [NoVideoException] if nothing was recorded since.
    ///
    /// - `playlist`: the other's name without its query
    public String entry(String stream, Duration last, String playlist) throws IOException, NoVideoException {
        long from = Math.max(0, nowNanos() - last.toNanos());
        var recorded = segmentFrames.segments(stream, from, Long.MAX_VALUE);
        if (recorded.isEmpty()) {
            throw new NoVideoException();
        }
        var newest = recorded.getLast();
        double seconds = Math.max(1, newest.durationNanos() / NANOS_PER_SECOND);
        return String.format(
                Locale.ROOT,
                """
                #EXTM3U
                #EXT-X-STREAM-INF:BANDWIDTH=%d,CODECS="%s",RESOLUTION=%s
                %s?from=%.3f
                """,
                Math.max(1, Math.round(8 * newest.bytes() / seconds)),
                newest.codec(),
                newest.size().widthPixels() + "x" + newest.size().heightPixels(),
                playlist,
                from / NANOS_PER_SECOND);
    }

    private long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    /// What a playlist names: `init.mp4`, or frames by their positions in the segment; empty for any other name.
    ///
    /// - `segment`: closed or growing
    public Optional<RandomAccessSource> file(Segment segment, String name) throws IOException {
        if (name.equals(ArchivePlaylist.INIT)) {
            VideoTrack track = TrackHead.of(segmentFrames.file(segment));
            return Optional.of(new Extents.Builder(InitSegment.of(track)).build(segment.id() + "-init"));
        }
        Matcher media = MEDIA.matcher(name);
        if (!media.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(media.group(1));
        int last = Integer.parseInt(media.group(2));
        if (last < first || last - first >= MAX_FRAMES) {
            return Optional.empty();
        }
        var piece = segmentFrames.piece(segment);
        var cut = HlsGroups.of(segment, piece.index().frames());
        return last < cut.frames().size() ? Optional.of(media(piece, cut, first, last)) : Optional.empty();
    }

    private static RandomAccessSource media(SegmentFrames.Piece piece, HlsGroups cut, int first, int last) {
        var samples = new ArrayList<MovieFragment.Sample>(last - first + 1);
        for (int i = first; i <= last; i++) {
            var frame = cut.frames().get(i);
            samples.add(new MovieFragment.Sample(
                    cut.durationTicks(i), frame.sizeBytes(), frame.keyframe(), frame.compositionTicks()));
        }
        var out = new BoxWriter(MovieFragment.HEAD_BYTES + MovieFragment.HEAD_BYTES_PER_SAMPLE * samples.size());
        MovieFragment.writeHead(
                out, samples, cut.baseTicks() + cut.frames().get(first).decodeTicks(), first + 1);
        var extents = new Extents.Builder(out.finish());
        for (var frame : cut.frames().subList(first, last + 1)) {
            extents.add(piece.file(), frame.offset(), frame.sizeBytes());
        }
        return extents.build(piece.segment().id() + "-" + first + "-" + last);
    }

    private List<HlsGroups.Group> groups(Segment segment) throws IOException {
        synchronized (this) {
            var known = remembered.get(segment.id());
            if (known != null) {
                return known;
            }
        }
        var groups = HlsGroups.of(segment, segmentFrames.piece(segment).index().frames())
                .groups();
        if (segment.state() == Segment.State.CLOSED) {
            synchronized (this) {
                remembered.put(segment.id(), groups);
            }
        }
        return groups;
    }
}
