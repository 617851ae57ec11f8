package dev.aerie.ingest.hls;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.mp4.Fmp4Muxer;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.mp4.InitSegment;
import dev.aerie.video.mp4.VideoTrack;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One stream cut into segments and parts, across its sessions. Safe for several threads; the publisher's thread only
/// counts frames here.
///
/// A segment ends at the first IDR frame after [#MIN_SEGMENT_SECONDS], and at the latest before [#TARGET_SECONDS], with
/// or without one: a player of a stream whose IDR frames are further apart waits for one when it begins.
final class HlsStream implements RelayReader {

    /// Of the playlist, which may not change it: the longest segment, rounded.
    static final int TARGET_SECONDS = 4;

    static final double PART_TARGET_SECONDS = 0.4;

    private static final double MIN_SEGMENT_SECONDS = 1;

    /// Half a minute of segments that end at their IDR frames.
    private static final int MAX_SEGMENTS = 10;

    /// Of all segments together: 4 s of 64 Mbit/s.
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    /// Requests that wait for what is not there yet.
    private static final int MAX_WAITING = 256;

    /// The default of players whose playlist does not say how far ahead a request may be.
    private static final int MAX_SEGMENTS_AHEAD = 2;

    /// A longer pause is shortened to this: players expect a segment within twice the target.
    private static final long MAX_STEP_TICKS = 2L * Fmp4Muxer.TIMESCALE;

    private final Fmp4Muxer times = new Fmp4Muxer(MAX_STEP_TICKS);
    private final ByteBudget budget;

    @GuardedBy("this")
    private final Deque<HlsSegment> segments = new ArrayDeque<>();

    @GuardedBy("this")
    private final List<Waiting> waiting = new ArrayList<>();

    @GuardedBy("this")
    private final List<HlsPart.Sample> open = new ArrayList<>();

    @GuardedBy("this")
    private long nextSegment;

    @GuardedBy("this")
    private long maps;

    @GuardedBy("this")
    private long discontinuities;

    @GuardedBy("this")
    private int sequenceNumber;

    @GuardedBy("this")
    private @Nullable HlsMap map;

    @GuardedBy("this")
    private boolean discontinuous;

    @GuardedBy("this")
    private boolean waitsForIdr;

    @GuardedBy("this")
    private @Nullable RelayStream joined;

    /// A request for a part that is not there yet.
    private record Waiting(long segment, int part, long sinceNanos, CompletableFuture<Boolean> answer) {}

    /// - `firstSegment`: its media sequence number; greater than any that this name had before, so that no player takes
    ///   an old segment for a new one
    /// - `budget`: of the segments of all streams; where nothing is left of it, the oldest of this one go
    HlsStream(long firstSegment, ByteBudget budget) {
        this.nextSegment = firstSegment;
        this.budget = budget;
    }

    /// Reads `stream` from now on, unless it reads one already.
    void join(RelayStream stream) {
        synchronized (this) {
            if (joined != null) {
                return;
            }
            joined = stream;
        }
        stream.subscribe(this); // calls back, under the relay's lock
    }

    /// Reads no more and keeps nothing; whoever waits is told that nothing comes.
    void leave() {
        RelayStream left;
        synchronized (this) {
            left = joined;
            joined = null;
        }
        if (left != null) {
            left.unsubscribe(this);
        }
        synchronized (this) {
            forget();
        }
        answer(take(_ -> true), false);
    }

    @Override
    public void accept(AccessUnit unit) {
        answer(add(unit), true);
    }

    @Override
    public void ended() {
        List<Waiting> there;
        synchronized (this) {
            joined = null;
            discontinuous = true;
            closeSegment(0);
            there = reached();
        }
        answer(there, true);
    }

    /// The playlist now; empty before the first part.
    synchronized Optional<String> playlist() {
        return segments.isEmpty() || segments.getFirst().parts().isEmpty()
                ? Optional.empty()
                : Optional.of(HlsPlaylist.of(List.copyOf(segments), discontinuities));
    }

    /// Completes when the part is there, with false when it will not come. An index beyond the segment's parts stands
    /// for the first part of the next segment.
    ///
    /// - `part`: its index, -1 for the whole segment
    /// - `nanoTime`: now
    synchronized CompletableFuture<Boolean> await(long segment, int part, long nanoTime) {
        if (isThere(segment, part)) {
            return CompletableFuture.completedFuture(true);
        }
        if (segment > newest() + MAX_SEGMENTS_AHEAD || waiting.size() >= MAX_WAITING) {
            return CompletableFuture.completedFuture(false);
        }
        var request = new Waiting(segment, part, nanoTime, new CompletableFuture<>());
        waiting.add(request);
        return request.answer;
    }

    /// Completes when there is a whole segment, without which players that know no parts give up; with false when there
    /// will be none.
    synchronized CompletableFuture<Boolean> awaitFirst(long nanoTime) {
        return !segments.isEmpty() && segments.getFirst().isComplete()
                ? CompletableFuture.completedFuture(true)
                : await(newest(), -1, nanoTime);
    }

    /// Whoever has waited since before that waits no more.
    void giveUp(long nanoTime) {
        answer(take(request -> request.sinceNanos - nanoTime < 0), false);
    }

    /// A file's bytes; empty where it is not there or not any more.
    Optional<byte[]> bytes(HlsFile file) {
        return switch (file) {
            case HlsFile.Init(long number) -> map(number).map(found -> bytes(InitSegment.of(found.track())));
            case HlsFile.Segment(long number) -> segmentParts(number).map(HlsStream::bytes);
            case HlsFile.Part(long number, int index) -> part(number, index).map(part -> bytes(List.of(part)));
        };
    }

    private synchronized Optional<HlsMap> map(long number) {
        return segments.stream()
                .map(HlsSegment::map)
                .filter(known -> known.number() == number)
                .findFirst();
    }

    private synchronized Optional<List<HlsPart>> segmentParts(long number) {
        return segments.stream()
                .filter(segment -> segment.number() == number && segment.isComplete())
                .findFirst()
                .map(HlsSegment::parts);
    }

    private synchronized Optional<HlsPart> part(long number, int index) {
        return segments.stream()
                .filter(segment -> segment.number() == number)
                .findFirst()
                .map(HlsSegment::parts)
                .filter(parts -> index < parts.size())
                .map(parts -> parts.get(index));
    }

    private static byte[] bytes(List<HlsPart> parts) {
        long size = parts.stream().mapToLong(HlsPart::sizeBytes).sum();
        var out = new ByteArrayOutputStream((int) Math.min(Integer.MAX_VALUE / 2, size + size / 16));
        parts.forEach(part -> part.writeTo(out));
        return out.toByteArray();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /// Those whose wait ends with this unit.
    private synchronized List<Waiting> add(AccessUnit unit) {
        if (unit.isIdr()) {
            VideoTrack.of(unit).ifPresent(this::use);
        }
        if (map == null || (waitsForIdr && !unit.isIdr()) || !reserve(unit.sizeBytes())) {
            return List.of(); // before the first parameter sets nothing can be shown
        }
        waitsForIdr = false;
        var time = times.timeOf(unit);
        long now = time.decodeTicks();
        if (!segments.isEmpty() && !segments.getLast().isComplete()) {
            double length = segments.getLast().seconds() + seconds(openTicks(now));
            boolean isFull = length + seconds(time.durationTicks()) > TARGET_SECONDS;
            if (isFull || discontinuous || (unit.isIdr() && length >= MIN_SEGMENT_SECONDS)) {
                closeSegment(now);
            } else if (seconds(openTicks(now) + time.durationTicks()) > PART_TARGET_SECONDS) {
                closePart(now);
            }
        }
        if (segments.isEmpty() || segments.getLast().isComplete()) {
            begin(unit);
        }
        open.add(new HlsPart.Sample(unit, time, ++sequenceNumber));
        return reached();
    }

    @GuardedBy("this")
    private void use(VideoTrack track) {
        if (map == null || !map.track().equals(track)) {
            discontinuous = map != null;
            map = new HlsMap(++maps, track);
        }
    }

    @GuardedBy("this")
    private void begin(AccessUnit first) {
        long captured = first.stamp().map(FrameStamp::captureTimeNanos).orElse(0L);
        discontinuities += segments.isEmpty() && discontinuous ? 1 : 0;
        segments.add(new HlsSegment(nextSegment++, requireNonNull(map), discontinuous, captured));
        discontinuous = false;
        while (segments.size() > 1 && (segments.size() > MAX_SEGMENTS || totalBytes() > MAX_BYTES)) {
            removeOldest();
        }
    }

    /// Takes from the budget; where nothing is left, all is forgotten up to the next IDR frame.
    @GuardedBy("this")
    private boolean reserve(int bytes) {
        while (!budget.take(bytes)) {
            if (segments.size() < 2) {
                forget();
                return false;
            }
            removeOldest();
        }
        return true;
    }

    @GuardedBy("this")
    private void removeOldest() {
        budget.give(segments.removeFirst().sizeBytes());
        discontinuities += !segments.isEmpty() && segments.getFirst().isDiscontinuous() ? 1 : 0;
    }

    @GuardedBy("this")
    private void forget() {
        budget.give(open.stream().mapToLong(sample -> sample.unit().sizeBytes()).sum());
        open.clear();
        while (!segments.isEmpty()) {
            removeOldest();
        }
        discontinuous = map != null;
        waitsForIdr = true;
    }

    @GuardedBy("this")
    private long totalBytes() {
        return segments.stream().mapToLong(HlsSegment::sizeBytes).sum();
    }

    /// - `now`: where the next frame begins; 0 where none comes
    @GuardedBy("this")
    private void closePart(long now) {
        if (!open.isEmpty()) {
            var last = open.getLast().time();
            long end = now > 0 ? now : last.decodeTicks() + last.durationTicks();
            segments.getLast()
                    .add(new HlsPart(
                            untilTheNext(open, end),
                            seconds(openTicks(end)),
                            open.getFirst().unit().isIdr()));
            open.clear();
        }
    }

    /// Each until the next begins, the last one until `end`.
    private static List<HlsPart.Sample> untilTheNext(List<HlsPart.Sample> samples, long end) {
        var all = new ArrayList<HlsPart.Sample>(samples.size());
        for (int i = 0; i < samples.size(); i++) {
            boolean isLast = i == samples.size() - 1;
            all.add(samples.get(i)
                    .until(isLast ? end : samples.get(i + 1).time().decodeTicks()));
        }
        return all;
    }

    @GuardedBy("this")
    private void closeSegment(long now) {
        closePart(now);
        if (!segments.isEmpty()) {
            segments.getLast().end();
        }
    }

    @GuardedBy("this")
    private long openTicks(long now) {
        return open.isEmpty() ? 0 : now - open.getFirst().time().decodeTicks();
    }

    private static double seconds(long ticks) {
        return (double) ticks / Fmp4Muxer.TIMESCALE;
    }

    @GuardedBy("this")
    private long newest() {
        return segments.isEmpty() ? nextSegment : segments.getLast().number();
    }

    @GuardedBy("this")
    private boolean isThere(long segment, int part) {
        if (segments.isEmpty() || segment > segments.getLast().number()) {
            return false;
        }
        HlsSegment last = segments.getLast();
        return segment < last.number()
                || last.isComplete()
                || (part >= 0 && part < last.parts().size());
    }

    @GuardedBy("this")
    private List<Waiting> reached() {
        var there = new ArrayList<Waiting>();
        for (Waiting request : waiting) {
            if (isThere(request.segment, request.part)) {
                there.add(request);
            }
        }
        waiting.removeAll(there);
        return there;
    }

    private synchronized List<Waiting> take(Predicate<Waiting> chosen) {
        var taken = new ArrayList<Waiting>();
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting request = all.next();
            if (chosen.test(request)) {
                taken.add(request);
                all.remove();
            }
        }
        return taken;
    }

    /// Without the lock: who waits goes on as it likes.
    private static void answer(List<Waiting> requests, boolean isThere) {
        requests.forEach(request -> request.answer.complete(isThere));
    }
}
