package dev.aerie.storage.segment;

import static dev.aerie.video.StreamTime.ticks90kFromNanos;

import dev.aerie.messages.CaptureClock;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.mp4.VideoTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Decides for each access unit which segment it belongs to, or why it belongs to none.
///
/// A segment begins at an IDR frame: the first one; the first of a new session, size or parameter set; the first
/// after a jump in time; or the first after the segment has reached its length. A new connection begins with the
/// frames since the last IDR frame. Of these, frames that were already received are skipped, or kept as a prelude at
/// the head of a new segment. Replayed frames are not recorded again.
///
/// Without an IDR frame, a segment ends at twice its length, which limits the loss at a crash; the next one then
/// begins with a frame that cannot be decoded without the segment before. Not thread-safe.
public final class SegmentCutter {

    /// Maximum length of a segment, as a multiple of the configured length.
    private static final long MAX_LENGTHS = 2;

    private final long lengthTicks;
    private final LongSupplier arrivalNanos;
    private @Nullable VideoTrack track;
    private String session;
    private long lastFrame;
    private long lastPtsTicks;
    private long beganTicks;
    private long grownTicks;
    private boolean open;
    private boolean onlyPrelude;
    private boolean jumped;
    private long unidentified;
    private long undecodable;
    private long repeated;
    private long missing;

    /// - `length`: of a segment, approximate: it ends at the first IDR frame after this time
    /// - `session`, `lastFrame`: the recorded part of an earlier run of this service; -1 for none
    /// - `arrivalNanos`: current Unix time, for frames with an impossible capture time
    SegmentCutter(Duration length, String session, long lastFrame, LongSupplier arrivalNanos) {
        this.lengthTicks = ticks90kFromNanos(length.toNanos());
        this.arrivalNanos = arrivalNanos;
        this.session = session;
        this.lastFrame = lastFrame;
    }

    /// The next step of the recorder.
    sealed interface Step {

        /// Close the open segment, if any, and begin another.
        ///
        /// - `firstFrame`: of the frames that the segment will add to the recording
        record Begin(VideoTrack track, String session, long firstFrame, Reason reason) implements Step {}

        /// Write these frames into the open segment, in this order; never empty.
        record Append(List<Frame> frames) implements Step {}

        /// Frames of the session that were never received: the first and the last of them.
        record Gap(FrameStamp behind, long firstFrame, long lastFrame) implements Step {}
    }

    /// A frame to write; [dev.aerie.storage.catalog.FrameEntry] defines the prelude.
    record Frame(AccessUnit unit, FrameStamp stamp, boolean prelude) {}

    /// The reason why a segment begins.
    enum Reason {
        START,
        LENGTH,
        NEW_SESSION,
        NEW_FORMAT,
        TIME_JUMP,
        /// No IDR frame has arrived for too long.
        NO_IDR
    }

    /// - `unidentified`: units without a frame identity
    /// - `undecodable`: units before the first IDR frame
    /// - `repeated`: units that were already received
    /// - `missing`: frame numbers that were never received
    public record Counts(long unidentified, long undecodable, long repeated, long missing) {}

    /// The steps for the next units, in decoding order.
    List<Step> cut(List<AccessUnit> units) {
        var steps = new ArrayList<Step>();
        var frames = new ArrayList<Frame>();
        for (AccessUnit unit : units) {
            var stamp = unit.stamp();
            if (stamp.isEmpty()) {
                unidentified++;
                continue;
            }
            if (stamp.get().clock() == CaptureClock.REPLAY) {
                repeated++;
                continue;
            }
            beginning(unit, stamp.get()).ifPresent(begin -> {
                flush(frames, steps);
                steps.add(begin);
            });
            if (belongs(stamp.get())) {
                gapBefore(stamp.get()).ifPresent(gap -> {
                    flush(frames, steps);
                    steps.add(gap);
                });
                frames.add(take(unit, stamp.get()));
            }
        }
        flush(frames, steps);
        return steps;
    }

    /// The open segment was abandoned: the next one begins at the next IDR frame.
    void abandoned() {
        open = false;
    }

    Counts counts() {
        return new Counts(unidentified, undecodable, repeated, missing);
    }

    private Optional<Step.Begin> beginning(AccessUnit unit, FrameStamp stamp) {
        boolean newSession = !stamp.id().session().equals(session);
        if (newSession) {
            session = stamp.id().session();
            lastFrame = -1;
            jumped = false;
        }
        jumped |= open && !newSession && SegmentTimeline.jumps(lastPtsTicks, unit.ptsTicks90k());
        if (!unit.isIdr()) {
            open &= !newSession;
            return openTooLong(unit, stamp);
        }
        var now = VideoTrack.of(unit);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        var reason = reason(now.get(), newSession, unit, stamp);
        return reason.map(why -> begin(now.get(), unit, stamp, why));
    }

    private Optional<Step.Begin> openTooLong(AccessUnit unit, FrameStamp stamp) {
        var now = track;
        if (now == null || !open || onlyPrelude || stamp.id().frameNumber() <= lastFrame) {
            return Optional.empty();
        }
        return grownTicks + stepTicks(unit) < MAX_LENGTHS * lengthTicks
                ? Optional.empty()
                : Optional.of(begin(now, unit, stamp, Reason.NO_IDR));
    }

    private Optional<Reason> reason(VideoTrack now, boolean newSession, AccessUnit unit, FrameStamp stamp) {
        if (newSession && open) {
            return Optional.of(Reason.NEW_SESSION);
        }
        if (!open) {
            return Optional.of(Reason.START);
        }
        if (stamp.id().frameNumber() <= lastFrame) {
            return onlyPrelude ? Optional.of(Reason.START) : Optional.empty();
        }
        if (!now.equals(track)) {
            return Optional.of(Reason.NEW_FORMAT);
        }
        if (jumped) {
            return Optional.of(Reason.TIME_JUMP);
        }
        boolean full = unit.ptsTicks90k() - beganTicks >= lengthTicks;
        return full || onlyPrelude ? Optional.of(Reason.LENGTH) : Optional.empty();
    }

    private Step.Begin begin(VideoTrack now, AccessUnit unit, FrameStamp stamp, Reason reason) {
        track = now;
        open = true;
        onlyPrelude = true;
        jumped = false;
        beganTicks = unit.ptsTicks90k();
        lastPtsTicks = beganTicks;
        grownTicks = 0;
        long first = Math.max(stamp.id().frameNumber(), lastFrame + 1);
        return new Step.Begin(now, session, first, reason);
    }

    /// Whether the frame belongs to the open segment; otherwise counts the reason.
    private boolean belongs(FrameStamp stamp) {
        if (!open) {
            undecodable++;
            return false;
        }
        if (stamp.id().frameNumber() <= lastFrame && !onlyPrelude) {
            repeated++;
            return false;
        }
        return true;
    }

    private Optional<Step.Gap> gapBefore(FrameStamp stamp) {
        long number = stamp.id().frameNumber();
        if (lastFrame < 0 || number <= lastFrame + 1) {
            return Optional.empty();
        }
        missing += number - lastFrame - 1;
        return Optional.of(new Step.Gap(stamp, lastFrame + 1, number - 1));
    }

    private Frame take(AccessUnit unit, FrameStamp stamp) {
        long number = stamp.id().frameNumber();
        boolean prelude = number <= lastFrame;
        grownTicks += stepTicks(unit);
        lastPtsTicks = unit.ptsTicks90k();
        onlyPrelude &= prelude;
        lastFrame = Math.max(lastFrame, number);
        return new Frame(unit, CaptureTimes.orArrival(stamp, arrivalNanos.getAsLong()), prelude);
    }

    private long stepTicks(AccessUnit unit) {
        long pts = unit.ptsTicks90k();
        return SegmentTimeline.jumps(lastPtsTicks, pts) ? 0 : pts - lastPtsTicks;
    }

    private static void flush(List<Frame> frames, List<Step> steps) {
        if (!frames.isEmpty()) {
            steps.add(new Step.Append(List.copyOf(frames)));
            frames.clear();
        }
    }
}
