package dev.aerie.rtsp;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.CaptureClock;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.StreamTime;
import java.io.IOException;
import java.time.InstantSource;

/// Opens access units, and writes an identity of a [LocalSession] into those of foreign video.
///
/// Capture times follow the sender's timestamps, starting at the arrival of the first unit; after a drift of
/// [#MAX_DRIFT_NANOS] they are set to the time of arrival again. Once a connection has carried our identities, a
/// unit without one was damaged in transit and is passed on without an identity.
///
/// - `clock`: of arrivals
public record LocalUnits(
        StreamSource.Opener<AccessUnit> opener, String stream, LocalSession session, InstantSource clock)
        implements StreamSource.Opener<AccessUnit> {

    static final long MAX_DRIFT_NANOS = 1_000_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // goes to the source that is returned, which closes it
    public StreamSource<AccessUnit> open() throws IOException {
        return new Stamped(opener.open());
    }

    private final class Stamped implements StreamSource<AccessUnit> {

        private final StreamSource<AccessUnit> source;
        private boolean carriesOurs;
        private boolean isAnchored;
        private long anchorNanos;
        private long anchorTicks90k;

        Stamped(StreamSource<AccessUnit> source) {
            this.source = source;
        }

        @Override
        public AccessUnit next() throws IOException {
            AccessUnit unit = source.next();
            carriesOurs |= unit.stamp().isPresent();
            return carriesOurs ? unit : unit.withStamp(stamp(unit));
        }

        @Override
        public long skipped() {
            return source.skipped();
        }

        @Override
        public void close() {
            source.close();
        }

        private FrameStamp stamp(AccessUnit unit) {
            return new FrameStamp(session.next(stream), captureTimeNanos(unit.ptsTicks90k()), CaptureClock.ARRIVAL);
        }

        private long captureTimeNanos(long ptsTicks90k) {
            long arrivedNanos = nowNanos();
            long captured = anchorNanos + StreamTime.nanosFromTicks90k(ptsTicks90k - anchorTicks90k);
            if (!isAnchored || Math.abs(arrivedNanos - captured) > MAX_DRIFT_NANOS) {
                isAnchored = true;
                anchorNanos = arrivedNanos;
                anchorTicks90k = ptsTicks90k;
                return arrivedNanos;
            }
            return captured;
        }

        private long nowNanos() {
            var now = clock.instant();
            return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        }
    }
}
