package dev.aerie.ingest.stream;

import java.util.Locale;

/// Where the word of a foreign clock comes in.
public enum ClockOrigin {
    /// `frame_time` of a client that pushes video.
    FRAME_TIME,
    /// RTCP sender reports, of cameras that are pulled from and of RTSP publishers.
    SENDER_REPORT,
    IMU,
    TELEMETRY;

    /// As metrics call it.
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
