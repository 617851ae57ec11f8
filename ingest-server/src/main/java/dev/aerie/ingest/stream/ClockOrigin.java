package dev.aerie.ingest.stream;

import java.util.Locale;

/// The input that reported a sender's time.
public enum ClockOrigin {
    /// `frame_time` of a client that pushes video.
    FRAME_TIME,
    /// RTCP sender reports, of cameras that are pulled from and of RTSP publishers.
    SENDER_REPORT,
    IMU,
    TELEMETRY;

    /// The value of the metric's tag.
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
