package dev.aerie.ingest.rtmp;

import dev.aerie.ingest.rtsp.ConnectionLimits;
import dev.aerie.ingest.rtsp.RtspAccess;
import java.time.Duration;

/// What an operator may set of the RTMP server.
///
/// - `access`: who may publish, by the rules of RTSP
/// - `maxUnitBytes`: of the largest access unit; a message is hardly larger
/// - `connections`: how many clients are served at once
/// - `publishWithin`: a client that publishes nothing by then is dropped
/// - `silence`: a publisher that sends no video for so long is ended
public record RtmpServerConfig(
        RtspAccess access, int maxUnitBytes, ConnectionLimits connections, Duration publishWithin, Duration silence) {

    /// 10 s to publish, 10 s of silence.
    public static RtmpServerConfig of(RtspAccess access, int maxUnitBytes, ConnectionLimits connections) {
        return new RtmpServerConfig(access, maxUnitBytes, connections, Duration.ofSeconds(10), Duration.ofSeconds(10));
    }
}
