package dev.aerie.ingest.push;

import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.Publication;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.MalformedVideoException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/// One client that pushes one stream: chunks in, access units with their capture times out to its publication.
///
/// Nothing is queued: the units that a chunk completes are published before the next chunk is read, so that TCP
/// slows down a client that sends too fast. Called by one thread at a time.
final class VideoIngestSession {

    private final Publication publication;
    private final int maxUnitBytes;
    private final LongSupplier unixNanos;
    private final ClientClock clock;
    private final FrameTimes frameTimes = new FrameTimes();
    private AccessUnitAssembler assembler;
    private boolean begun;

    VideoIngestSession(Publication publication, int maxUnitBytes, ClientClock clock, LongSupplier unixNanos) {
        this.publication = publication;
        this.maxUnitBytes = maxUnitBytes;
        this.clock = clock;
        this.unixNanos = unixNanos;
        this.assembler = new AccessUnitAssembler(publication.stream(), maxUnitBytes, AccessUnitBoundary.LEARN);
    }

    /// The next bytes of the video; throws [MalformedVideoException] if they are of no codec that is
    /// taken or a unit is too large.
    void chunk(ByteBuffer chunk) throws MalformedVideoException {
        begun = true;
        for (AccessUnit unit : assembler.push(chunk, frameTimes.mark(unixNanos.getAsLong()))) {
            publish(unit);
        }
    }

    /// Applies a text message; throws [ClientMessageException] for an invalid one.
    void text(String text) throws ClientMessageException {
        switch (VideoText.parse(text)) {
            case VideoText.VideoConfig config -> configure(config);
            case VideoText.FrameTime time -> announce(time);
        }
    }

    void roundTrip(long nanos) {
        clock.roundTrip(nanos);
    }

    /// Publishes the last unit, which is complete now, and ends the stream.
    void end(String cause) {
        try {
            for (AccessUnit unit : assembler.flush()) {
                publish(unit);
            }
        } catch (MalformedVideoException _) {
            // The client disconnected in the middle of a frame.
        } finally {
            publication.end(cause);
        }
    }

    Publication publication() {
        return publication;
    }

    private void publish(AccessUnit unit) {
        long mark = unit.ptsTicks90k();
        var announced = frameTimes.take(mark);
        publication.publishUntimed(
                unit,
                announced.isPresent()
                        ? CaptureTime.bySender(announced.getAsLong())
                        : CaptureTime.byArrival(Math.min(mark, unixNanos.getAsLong())));
    }

    private void configure(VideoText.VideoConfig config) throws ClientMessageException {
        if (begun) {
            throw new ClientMessageException("type", "sent before the first chunk of video, where it is video_config");
        }
        assembler = new AccessUnitAssembler(
                publication.stream(),
                maxUnitBytes,
                config.wholeUnits() ? AccessUnitBoundary.CHUNK_END : AccessUnitBoundary.LEARN,
                config.codec());
    }

    private void announce(VideoText.FrameTime time) {
        long arrivalNanos = frameTimes.mark(unixNanos.getAsLong());
        clock.observe(time.sentNanos(), arrivalNanos);
        frameTimes.announced(arrivalNanos, clock.toServerTime(time.captureNanos(), arrivalNanos));
    }
}
