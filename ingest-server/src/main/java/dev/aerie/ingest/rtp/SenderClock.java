package dev.aerie.ingest.rtp;

import dev.aerie.video.StreamTime;
import java.util.Optional;
import java.util.OptionalLong;

/// Maps a sender's RTP time to Unix time by its latest sender report. Used by one thread.
public final class SenderClock {

    /// 2000-01-01: cameras without a set clock report the time since they were switched on.
    private static final long EARLIEST_UNIX_NANOS = 946_684_800_000_000_000L;

    private Optional<SenderReport> latest = Optional.empty();

    /// Takes a report; one from before the year 2000 is no wall clock and is ignored.
    public void accept(SenderReport report) {
        if (report.unixNanos() >= EARLIEST_UNIX_NANOS) {
            latest = Optional.of(report);
        }
    }

    /// Unix time of an RTP timestamp within 6 hours of the latest report; empty before the first.
    public OptionalLong unixNanos(int rtpTime) {
        return latest.map(report ->
                        OptionalLong.of(report.unixNanos() + StreamTime.nanosFromTicks90k(rtpTime - report.rtpTime())))
                .orElse(OptionalLong.empty());
    }
}
