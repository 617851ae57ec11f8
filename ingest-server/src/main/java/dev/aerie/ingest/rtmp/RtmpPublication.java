package dev.aerie.ingest.rtmp;

import dev.aerie.ingest.rtsp.PublishHandler;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import java.util.OptionalLong;

/// What one client publishes: the frames of its video messages, each with its time of arrival, for RTMP has no clock of
/// the world. Not thread-safe.
final class RtmpPublication {

    private final PublishHandler.Publication target;
    private final FlvVideo video;
    private long lastVideoNanos = System.nanoTime();
    private boolean ended;

    RtmpPublication(PublishHandler.Publication target, FlvVideo video) {
        this.target = target;
        this.video = video;
    }

    void video(RtmpMessage message) throws MalformedRtmpException, MalformedVideoException {
        if (ended) {
            return;
        }
        for (AccessUnit unit : video.units(message)) {
            lastVideoNanos = System.nanoTime();
            target.accept(unit, OptionalLong.empty());
        }
    }

    /// When the last frame came, by a monotonic clock.
    long lastVideoNanos() {
        return lastVideoNanos;
    }

    void end(String cause) {
        if (!ended) {
            ended = true;
            target.ended(cause);
        }
    }
}
