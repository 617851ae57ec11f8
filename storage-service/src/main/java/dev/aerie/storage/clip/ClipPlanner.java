package dev.aerie.storage.clip;

import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.video.StreamTime;
import dev.aerie.video.mp4.VideoTrack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds a clip from the frames of consecutive segments.
///
/// Time on the clip's track advances like capture time, also from one segment to the next; only a gap longer than
/// [#MAX_GAP_TICKS] is shortened to one second. Not thread-safe.
final class ClipPlanner {

    static final long MAX_GAP_TICKS = 10 * 90_000;

    private static final long SHORTENED_GAP_TICKS = 90_000;
    private static final long DEFAULT_STEP_TICKS = 3_000;

    /// H.264 and H.265 allow at most this many reordered frames.
    private static final int MAX_REORDERED = 16;

    private final long fromNanos;
    private final long toNanos;
    private final boolean fromIdr;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Sample> shown = new ArrayList<>();
    private final List<VideoTrack> tracks = new ArrayList<>();
    private SegmentFrames.@Nullable Piece last;

    /// Makes the frames visible that were captured from `fromNanos` to `toNanos`, exclusive.
    ///
    /// - `fromIdr`: also makes the frames visible that are needed to decode the first one
    ClipPlanner(long fromNanos, long toNanos, boolean fromIdr) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.fromIdr = fromIdr;
    }

    /// Adds the next segment, with the frames that are needed to decode its first visible frame.
    ///
    /// - `track`: the head of the segment's file
    void add(SegmentFrames.Piece piece, VideoTrack track) {
        List<FrameEntry> frames = piece.index().frames();
        int first = firstWanted(frames);
        if (first < 0) {
            return;
        }
        int begin = follows(piece) ? firstOwn(frames) : piece.index().keyframeBefore(first);
        var chosen = frames.subList(begin, lastWanted(frames) + 1);
        long baseTicks = baseTicks(chosen);
        for (FrameEntry frame : chosen) {
            var sample = Sample.of(piece.segment().session(), frame, piece.file(), baseTicks);
            samples.add(sample);
            tracks.add(track);
            boolean isInFront = fromIdr && !frame.prelude() && frame.captureTimeNanos() < toNanos;
            if (isWanted(frame) || isInFront) {
                shown.add(sample);
            }
        }
        last = piece;
    }

    /// Whether the first visible frame of the next segment cannot be decoded with that segment alone.
    boolean needsLeadIn(SegmentFrames.Piece piece) {
        var frames = piece.index().frames();
        int first = firstWanted(frames);
        return first >= 0
                && !follows(piece)
                && !frames.get(piece.index().keyframeBefore(first)).keyframe();
    }

    /// Adds a segment that is only needed to decode the following ones: from its last IDR frame on, or whole.
    ///
    /// - `track`: the head of the segment's file
    void lead(SegmentFrames.Piece piece, VideoTrack track) {
        List<FrameEntry> frames = piece.index().frames();
        int begin = follows(piece) ? firstOwn(frames) : piece.index().keyframeBefore(frames.size() - 1);
        var chosen = frames.subList(begin, frames.size());
        long baseTicks = baseTicks(chosen);
        for (FrameEntry frame : chosen) {
            var sample = Sample.of(piece.segment().session(), frame, piece.file(), baseTicks);
            samples.add(sample);
            tracks.add(track);
            if (fromIdr && !frame.prelude()) {
                shown.add(sample);
            }
        }
        last = piece;
    }

    /// Throws [NoVideoException] if no frame was captured in that time, [ClipRefusedException] if the codec changes.
    ClipPlan plan() throws NoVideoException {
        if (shown.isEmpty()) {
            throw new NoVideoException();
        }
        shown.sort(Comparator.comparingLong(Sample::presentationTicks));
        VideoTrack head = tracks.getFirst();
        if (tracks.stream().anyMatch(track -> track.videoCodec() != head.videoCodec())) {
            throw new ClipRefusedException("the video changes its codec in that time, and a clip has one:"
                    + " ask for the time before or behind the change");
        }
        boolean changes = tracks.stream().anyMatch(track -> !track.equals(head));
        return new ClipPlan(head, changes ? withParameterSets() : samples, shown);
    }

    /// The parameter sets as they are stored in a sample: each behind a four-byte length.
    static ByteBuffer inBand(VideoTrack track) {
        int bytes = 0;
        List<ByteBuffer> sets = track.parameterSets();
        for (ByteBuffer set : sets) {
            bytes += Integer.BYTES + set.remaining();
        }
        var out = ByteBuffer.allocate(bytes);
        for (ByteBuffer set : sets) {
            out.putInt(set.remaining()).put(set.duplicate());
        }
        return out.flip().asReadOnlyBuffer();
    }

    /// Every IDR frame carries its parameter sets, because a player may seek to any of them.
    private List<Sample> withParameterSets() {
        var complete = new ArrayList<Sample>(samples.size());
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            complete.add(sample.keyframe() ? sample.withPrefix(inBand(tracks.get(i))) : sample);
        }
        return complete;
    }

    private boolean isWanted(FrameEntry frame) {
        return !frame.prelude() && fromNanos <= frame.captureTimeNanos() && frame.captureTimeNanos() < toNanos;
    }

    private int firstWanted(List<FrameEntry> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (isWanted(frames.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private int lastWanted(List<FrameEntry> frames) {
        int at = frames.size() - 1;
        while (at > 0 && !isWanted(frames.get(at))) {
            at--;
        }
        return at;
    }

    private static int firstOwn(List<FrameEntry> frames) {
        int at = 0;
        while (frames.get(at).prelude()) {
            at++;
        }
        return at;
    }

    /// Whether the frame before the segment's own first frame is in the clip already.
    private boolean follows(SegmentFrames.Piece piece) {
        return last != null
                && last.segment().session().equals(piece.segment().session())
                && last.segment().lastFrame() + 1 == piece.segment().firstFrame();
    }

    private long baseTicks(List<FrameEntry> chosen) {
        FrameEntry first = chosen.getFirst();
        if (samples.isEmpty()) {
            return -first.decodeTicks();
        }
        Sample before = latest();
        FrameEntry shownFirst = chosen.stream()
                .min(Comparator.comparingLong(FrameEntry::presentationTicks))
                .orElse(first);
        long gapTicks = gapTicks(shownFirst.captureTimeNanos() - before.frame().captureTimeNanos());
        long base = before.presentationTicks() + gapTicks - shownFirst.presentationTicks();
        return Math.max(base, samples.getLast().decodeTicks() + 1 - first.decodeTicks());
    }

    /// The last visible sample, which is near the end.
    private Sample latest() {
        return samples.subList(Math.max(0, samples.size() - MAX_REORDERED), samples.size()).stream()
                .max(Comparator.comparingLong(Sample::presentationTicks))
                .orElseThrow();
    }

    private static long gapTicks(long nanos) {
        long ticks = StreamTime.ticks90kFromNanos(Math.max(0, nanos));
        if (ticks == 0) {
            return DEFAULT_STEP_TICKS;
        }
        return ticks > MAX_GAP_TICKS ? SHORTENED_GAP_TICKS : ticks;
    }
}
