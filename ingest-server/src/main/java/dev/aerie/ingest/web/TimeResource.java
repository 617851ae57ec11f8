package dev.aerie.ingest.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.time.ClockOffset;
import dev.aerie.ingest.time.NtpWatch;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// `GET /api/time`: this server's clock and its NTP offset.
@Path("/api/time")
final class TimeResource {

    private final Streams streams;
    private final NtpWatch ntp;

    TimeResource(Streams streams, NtpWatch ntp) {
        this.streams = streams;
        this.ntp = ntp;
    }

    /// - `unixTimeNanos`: now
    /// - `ntpOffsetSeconds`: to add to it to get the time server's; the error is at most half the round trip
    /// - `ntpError`: why there is no newer measurement
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ServerTime(
            @JsonProperty("unix_time_ns") long unixTimeNanos,
            @JsonProperty("ntp_offset_seconds") @Nullable Double ntpOffsetSeconds,

            @JsonProperty("ntp_round_trip_seconds") @Nullable
            Double ntpRoundTripSeconds,

            @JsonProperty("ntp_measured_at") @Nullable String ntpMeasuredAt,
            @JsonProperty("ntp_error") @Nullable String ntpError) {}

    @GET
    public ServerTime time() {
        var latest = ntp.latest();
        return new ServerTime(
                streams.unixNanos(),
                latest.map(ClockOffset::offset).map(TimeResource::seconds).orElse(null),
                latest.map(ClockOffset::roundTrip).map(TimeResource::seconds).orElse(null),
                latest.map(known -> known.measuredAt().toString()).orElse(null),
                ntp.error().isEmpty() ? null : ntp.error());
    }

    private static Double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
