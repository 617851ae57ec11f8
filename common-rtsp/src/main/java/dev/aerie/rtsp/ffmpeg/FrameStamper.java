package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_SEI_UNREGISTERED;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.TimeBounds;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.FrameStampSei;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/// Gives a decoded frame its identity: the one it carries or, for foreign video, the next of a [LocalSession]. Once
/// a connection has carried our identities, a frame without one was damaged in transit and gets none.
///
/// A sender report is used if it puts the frame within a day of its arrival ([TimeBounds#isNear]); otherwise the
/// time of arrival is.
final class FrameStamper {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final String stream;
    private final InstantSource clock;
    private final LocalSession local;
    private boolean carriesOurs;

    FrameStamper(String stream, InstantSource clock, LocalSession local) {
        this.stream = stream;
        this.clock = clock;
        this.local = local;
    }

    /// - `captureTimeNanos`: by the sender's reports, used where the frame carries no identity of ours
    /// - empty for a frame that lost its identity
    Optional<FrameStamp> stamp(AVFrame frame, OptionalLong captureTimeNanos) {
        var own = ownStamp(frame);
        carriesOurs |= own.isPresent();
        return carriesOurs ? own : Optional.of(localStamp(captureTimeNanos));
    }

    private FrameStamp localStamp(OptionalLong captureTimeNanos) {
        var id = local.next(stream);
        long arrivalNanos = nowNanos();
        return captureTimeNanos.isPresent() && TimeBounds.isNear(captureTimeNanos.getAsLong(), arrivalNanos)
                ? new FrameStamp(id, captureTimeNanos.getAsLong(), CaptureClock.RTCP_SR)
                : new FrameStamp(id, arrivalNanos, CaptureClock.ARRIVAL);
    }

    private Optional<FrameStamp> ownStamp(AVFrame frame) {
        return identityOf(stream, frame).map(this::withKnownTime);
    }

    /// The identity that a decoded frame carries; empty without one.
    static Optional<FrameStamp> identityOf(String stream, AVFrame frame) {
        for (int i = 0; i < frame.nb_side_data(); i++) {
            var data = frame.side_data(i);
            if (data.type() == AV_FRAME_DATA_SEI_UNREGISTERED) {
                var payload = data.data().capacity(data.size()).asByteBuffer();
                var stamp = FrameStampSei.read(stream, payload);
                if (stamp.isPresent()) {
                    return stamp;
                }
            }
        }
        return Optional.empty();
    }

    /// An identity whose time is not known ([FrameStampSei#read]) has that of its arrival.
    private FrameStamp withKnownTime(FrameStamp stamp) {
        return stamp.captureTimeNanos() == 0 ? new FrameStamp(stamp.id(), nowNanos(), CaptureClock.ARRIVAL) : stamp;
    }

    private long nowNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
