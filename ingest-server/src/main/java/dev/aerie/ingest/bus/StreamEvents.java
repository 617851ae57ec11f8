package dev.aerie.ingest.bus;

import dev.aerie.ingest.stream.StreamChange;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Publishes stream events, with confirmation, and assigns each session to the workers.
///
/// An overlay stream was made by a worker: its events are published, but it is not assigned.
public final class StreamEvents implements StreamChange.Listener {

    private static final String OVERLAY = "/overlay";

    private final ConfirmedPublisher publisher;
    private final StreamWorkPublisher work;
    private final Producer producer;
    private final InstantSource clock;

    public StreamEvents(
            ConfirmedPublisher publisher, StreamWorkPublisher work, Producer producer, InstantSource clock) {
        this.publisher = publisher;
        this.work = work;
        this.producer = producer;
        this.clock = clock;
    }

    @Override
    public void heard(StreamChange change) {
        publisher.offer(eventOf(change));
        var id = change.last().id();
        if (id.stream().endsWith(OVERLAY)) {
            return;
        }
        switch (change) {
            case StreamChange.Started _ -> work.started(eventOf(change));
            case StreamChange.Ended _ -> work.ended(eventOf(change));
            case StreamChange.Changed _, StreamChange.Stalled _ -> {}
        }
    }

    private StreamEvent eventOf(StreamChange change) {
        return switch (change) {
            case StreamChange.Started _ -> event(change, StreamEvent.Kind.STARTED, null);
            case StreamChange.Changed _ -> event(change, StreamEvent.Kind.CHANGED, null);
            case StreamChange.Stalled _ -> event(change, StreamEvent.Kind.STALLED, "no frame arrives");
            case StreamChange.Ended ended -> event(change, StreamEvent.Kind.ENDED, ended.cause());
        };
    }

    private StreamEvent event(StreamChange change, StreamEvent.Kind kind, @Nullable String reason) {
        var last = change.last();
        var format = change.format();
        var rate = format.framesPerSecond();
        return new StreamEvent(
                Envelope.ofFrame(last.id(), last.captureTimeNanos(), last.clock(), clock.instant(), producer),
                kind,
                format.size().widthPixels(),
                format.size().heightPixels(),
                format.videoCodec().wireName(),
                rate.isPresent() && rate.getAsDouble() > 0 && rate.getAsDouble() <= 1000 ? rate.getAsDouble() : null,
                "/" + last.id().stream(),
                reason);
    }
}
