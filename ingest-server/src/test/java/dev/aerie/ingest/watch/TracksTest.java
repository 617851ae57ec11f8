package dev.aerie.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.watch.TrackChange.Kind;
import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.testing.ExampleMessages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TracksTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_763_712_000);
    private static final long BEGUN_NANOS = 1_763_712_000_000_000_000L;

    private final Tracks tracks = new Tracks();
    private final List<TrackChange> changes = new ArrayList<>();

    @Test
    void accept_oneObject_beginsIsUpdatedOnceASecondAndEnds() {
        tracks.addListener(changes::add);
        for (int frame = 0; frame <= 25; frame++) {
            tracks.accept(frame(frame, object("person", 0.5 + frame / 100.0)));
            tracks.accept(frame(frame, object("person", 1)));
        }
        tracks.accept(frame(45));
        tracks.accept(frame(46));

        assertThat(changes)
                .extracting(TrackChange::kind)
                .containsExactly(Kind.BEGAN, Kind.UPDATED, Kind.UPDATED, Kind.ENDED);
        var end = changes.getLast().after();
        assertThat(end.lastNanos() - end.firstNanos()).isEqualTo(2_500_000_000L);
        assertThat(end.topScore()).isEqualTo(0.75);
        assertThat(end.id()).isEqualTo(ExampleMessages.SESSION + "-7");
        assertThat(changes.getFirst().before()).isNull();
    }

    @Test
    void accept_otherLabel_isAnUpdate_endOfSession_endsAll() {
        tracks.addListener(changes::add);
        tracks.accept(frame(0, object("person", 0.5)));
        tracks.accept(frame(1, object("car", 0.5)));
        tracks.accept(ExampleMessages.streamEvent(StreamEvent.Kind.STALLED, "drone", ExampleMessages.SESSION));
        assertThat(changes).extracting(TrackChange::kind).containsExactly(Kind.BEGAN, Kind.UPDATED);

        tracks.accept(ExampleMessages.streamEvent(StreamEvent.Kind.ENDED, "drone", ExampleMessages.SESSION));
        tracks.accept(frame(2, object("car", 0.5)));

        assertThat(changes).extracting(TrackChange::kind).containsExactly(Kind.BEGAN, Kind.UPDATED, Kind.ENDED);
    }

    private static TrackedObject object(String label, double score) {
        return TrackedObject.ofBox(7, label, score, new Box(10, 10, 20, 40), TrackState.CONFIRMED, 3);
    }

    /// Ten frames a second.
    private static FrameResult frame(int number, TrackedObject... objects) {
        var id = new FrameId("drone", ExampleMessages.SESSION, number);
        var envelope = Envelope.ofFrame(
                id,
                BEGUN_NANOS + number * 100_000_000L,
                CaptureClock.SENDER,
                NOW,
                Producer.of("frame-processor", "fp-1"));
        return new FrameResult(envelope, 640, 480, "edgetam", new Timing(1.0, 1.0, 1.0, 3.0), List.of(objects));
    }
}
