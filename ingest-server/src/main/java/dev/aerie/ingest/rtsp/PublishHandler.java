package dev.aerie.ingest.rtsp;

import dev.aerie.video.AccessUnit;
import java.util.OptionalLong;

/// Takes the streams that clients publish by ANNOUNCE and RECORD, or by RTMP.
public interface PublishHandler {

    /// A client wants to publish `stream`. Throws [PublishRefusedException] with the RTSP status to answer.
    Publication open(String stream, String remoteAddress) throws PublishRefusedException;

    /// One client's publication; called on one thread, must not block.
    interface Publication {

        /// The next access unit, without identity; `captureTimeNanos` (Unix) where a sender report has mapped its RTP
        /// time.
        void accept(AccessUnit unit, OptionalLong captureTimeNanos);

        /// The client has gone; `cause` in a few words for the log.
        void ended(String cause);
    }
}
