package dev.aerie.ptz.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.vision.mot.BoxTrack;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Late results of frame-processor, joined by frame to the tracks of that frame.
final class RecentTracksTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final String OTHER = "01K9JXW8Z3T4V5W6X7Y8Z9ABCD";

    private final RecentTracks recent = new RecentTracks();

    @Test
    void add_resultOfAFrameLongPassed_refinesTheTrackThatItOverlapsThere() {
        recent.remember(
                SESSION, 10, List.of(track(1, new Box(100, 100, 100, 200)), track(2, new Box(600, 100, 100, 200))));
        recent.remember(SESSION, 20, List.of(track(1, new Box(600, 100, 100, 200))));

        recent.add(result(SESSION, 10, object("dog", new Box(110, 120, 80, 160))));

        var refined = recent.of(1).orElseThrow();
        assertThat(refined.label()).isEqualTo("dog");
        assertThat(refined.tighten(new Box(300, 0, 200, 400))).isEqualTo(new Box(320, 40, 160, 320));
        assertThat(recent.of(2)).isEmpty();
        assertThat(recent.joined()).isEqualTo(1);
    }

    @Test
    void add_twoObjectsOnOneTrack_takesTheOneThatOverlapsMore() {
        recent.remember(SESSION, 10, List.of(track(1, new Box(0, 0, 100, 100))));

        recent.add(result(SESSION, 10, object("bag", new Box(0, 0, 70, 70)), object("person", new Box(0, 0, 100, 95))));

        assertThat(recent.of(1)).map(Refinement::label).contains("person");
    }

    @Test
    void add_unknownFrameOrSessionOrPlace_changesNothing() {
        recent.remember(SESSION, 10, List.of(track(1, new Box(0, 0, 100, 100))));

        recent.add(result(SESSION, 11, object("dog", new Box(0, 0, 100, 100))));
        recent.add(result(OTHER, 10, object("dog", new Box(0, 0, 100, 100))));
        recent.add(result(SESSION, 10, object("dog", new Box(80, 80, 100, 100))));

        assertThat(recent.of(1)).isEmpty();
    }

    @Test
    void remember_moreFramesThanAreKept_forgetsTheOldest() {
        for (int frame = 0; frame <= RecentTracks.MAX_FRAMES; frame++) {
            recent.remember(SESSION, frame, List.of(track(1, new Box(0, 0, 100, 100))));
        }
        recent.add(result(SESSION, 0, object("dog", new Box(0, 0, 100, 100))));
        assertThat(recent.of(1)).isEmpty();

        recent.add(result(SESSION, 1, object("dog", new Box(0, 0, 100, 100))));
        assertThat(recent.of(1)).isPresent();
    }

    @Test
    void remember_anotherSession_forgetsWhatWasKnown() {
        recent.remember(SESSION, 10, List.of(track(1, new Box(0, 0, 100, 100))));
        recent.add(result(SESSION, 10, object("dog", new Box(0, 0, 100, 100))));
        recent.remember(OTHER, 0, List.of(track(1, new Box(0, 0, 100, 100))));

        assertThat(recent.of(1)).isEmpty();
    }

    private static BoxTrack track(long id, Box box) {
        return new BoxTrack(id, box, "moving", 0.8, TrackState.CONFIRMED, 5);
    }

    private static TrackedObject object(String label, Box box) {
        return TrackedObject.ofBox(70, label, 0.9, box, TrackState.CONFIRMED, 3);
    }

    private static FrameResult result(String session, long frame, TrackedObject... objects) {
        var envelope = Envelope.ofFrame(
                new FrameId("gate", session, frame),
                1_763_712_000_000_000_000L,
                CaptureClock.SENDER,
                Instant.ofEpochSecond(1_763_712_001),
                Producer.of("frame-processor", "test"));
        return new FrameResult(envelope, 1280, 720, "bilateral", new Timing(1, 1, 1, 3), List.of(objects));
    }
}
