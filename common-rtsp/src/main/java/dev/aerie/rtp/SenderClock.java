package dev.aerie.rtp;

import dev.aerie.video.StreamTime;
import java.util.Optional;
import java.util.OptionalLong;

/// Maps a sender's RTP time to Unix time by its latest sender report, whose time is unchecked: cameras report any.
/// Used by one thread.
public final class SenderClock {

    private Optional<SenderReport> latest = Optional.empty();

    public void accept(SenderReport report) {
        latest = Optional.of(report);
    }

    /// Unix time of an RTP timestamp within 6 hours of the latest report; empty before the first.
    public OptionalLong unixNanos(int rtpTime) {
        return latest.map(report ->
                        OptionalLong.of(report.unixNanos() + StreamTime.nanosFromTicks90k(rtpTime - report.rtpTime())))
                .orElse(OptionalLong.empty());
    }
}
