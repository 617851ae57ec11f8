package dev.aerie.ingest.push;

import dev.aerie.ingest.rtsp.PublishHandler;
import dev.aerie.ingest.rtsp.PublishRefusedException;
import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.StreamRefusedException;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.video.AccessUnit;
import java.util.OptionalLong;

/// Accepts streams that cameras, drones, OBS or ffmpeg publish by RTSP (ANNOUNCE, RECORD) or RTMP.
public final class StreamPublishing implements PublishHandler {

    /// RTSP has no status for a name in use; servers answer this one where the state of a resource forbids the
    /// request.
    private static final int NOT_VALID_IN_THIS_STATE = 455;

    private static final int BAD_REQUEST = 400;

    private final Streams streams;
    private final String protocol;

    /// - `protocol`: for people: `rtsp`
    public StreamPublishing(Streams streams, String protocol) {
        this.streams = streams;
        this.protocol = protocol;
    }

    @Override
    public Publication open(String stream, String remoteAddress) throws PublishRefusedException {
        try {
            return new Client(streams, streams.open(stream, protocol + " publisher " + remoteAddress, () -> {}));
        } catch (StreamRefusedException refused) {
            throw new PublishRefusedException(NOT_VALID_IN_THIS_STATE, String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException wrongName) {
            throw new PublishRefusedException(BAD_REQUEST, String.valueOf(wrongName.getMessage()));
        }
    }

    /// One client; after its stream was taken over, its frames are discarded until its server closes it.
    private record Client(Streams streams, dev.aerie.ingest.stream.Publication publication) implements Publication {

        @Override
        public void accept(AccessUnit unit, OptionalLong captureTimeNanos) {
            publication.publish(unit, CaptureTime.ofReport(captureTimeNanos, streams.unixNanos()));
        }

        @Override
        public void ended(String cause) {
            publication.end(cause);
        }
    }
}
