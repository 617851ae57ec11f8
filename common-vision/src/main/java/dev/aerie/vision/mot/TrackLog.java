package dev.aerie.vision.mot;

import dev.aerie.messages.FrameId;
import dev.aerie.messages.TrackState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs the state changes of one stream's tracks as `event key=value` lines: object confirmed, lost, re-found, ended.
///
/// Used by one thread.
public final class TrackLog {

    private static final Logger LOG = LoggerFactory.getLogger(TrackLog.class);

    private @Nullable FrameId frame;

    /// Names the frame that the following changes are of.
    public void beginFrame(FrameId id) {
        frame = id;
    }

    /// Logs the change from one state to another, if there is one to log.
    ///
    /// - `lossCause`: logged where the object is lost now
    public void changed(long object, String label, TrackState before, TrackState now, String lossCause) {
        if (now == TrackState.CONFIRMED && before == TrackState.TENTATIVE) {
            LOG.info("object confirmed stream={} object={} frame={} label={}", stream(), object, number(), label);
        } else if (now == TrackState.CONFIRMED && before == TrackState.LOST) {
            LOG.info("object re-found stream={} object={} frame={} label={}", stream(), object, number(), label);
        } else if (now == TrackState.LOST && before != TrackState.LOST) {
            LOG.info("object lost stream={} object={} frame={} cause={}", stream(), object, number(), lossCause);
        }
    }

    /// Logs the end of a track that was confirmed.
    public void ended(long object, String cause) {
        LOG.info("object ended stream={} object={} frame={} cause={}", stream(), object, number(), cause);
    }

    private String stream() {
        return frame == null ? "" : frame.stream();
    }

    private long number() {
        return frame == null ? -1 : frame.frameNumber();
    }
}
