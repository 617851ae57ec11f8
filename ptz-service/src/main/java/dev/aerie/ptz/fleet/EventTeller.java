package dev.aerie.ptz.fleet;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import dev.aerie.messages.PtzEvent;
import dev.aerie.messages.PtzEventDraft;
import dev.aerie.ptz.command.Origin;
import dev.aerie.video.FrameStamp;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Publishes what one camera does. Safe for several threads.
///
/// - `stream`: of its video
/// - `publish`: never waits
public record EventTeller(
        String camera, String stream, Producer producer, InstantSource clock, Consumer<? super Message> publish) {

    /// About no frame.
    public void tell(PtzEvent.Kind kind, UnaryOperator<PtzEventDraft> more) {
        tell(Envelope.ofRequest(stream, clock.instant(), producer), kind, more);
    }

    /// About a frame.
    public void tell(FrameStamp stamp, PtzEvent.Kind kind, UnaryOperator<PtzEventDraft> more) {
        var envelope = Envelope.ofFrame(stamp.id(), stamp.captureTimeNanos(), stamp.clock(), clock.instant(), producer);
        tell(envelope, kind, more);
    }

    /// About the frame that a command comes from, or about none.
    void tell(Origin origin, PtzEvent.Kind kind, UnaryOperator<PtzEventDraft> more) {
        switch (origin) {
            case Origin.Frame frame -> tell(frame.stamp(), kind, draft -> more.apply(draft.object(frame.objectId())));
            case Origin.Operator(String name) -> tell(kind, draft -> more.apply(draft.operator(name)));
            case Origin.Service() -> tell(kind, more);
        }
    }

    private void tell(Envelope envelope, PtzEvent.Kind kind, UnaryOperator<PtzEventDraft> more) {
        publish.accept(more.apply(PtzEvent.draft(envelope, kind, camera)).build());
    }
}
