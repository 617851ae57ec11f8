package dev.aerie.ingest.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.messages.Alert;
import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.InvalidFieldException;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.testing.ExampleMessages;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertsTest {

    private static final long BEGUN_NANOS = 1_763_712_000_000_000_000L;
    private static final Instant NOW = Instant.ofEpochSecond(1_763_712_000);

    /// The left half of the frame.
    private static final AlertZone LEFT =
            new AlertZone(List.of(List.of(0.0, 0.0), List.of(0.5, 0.0), List.of(0.5, 1.0), List.of(0.0, 1.0)));

    private final List<Alert> told = new ArrayList<>();
    private Alerts alerts;

    @BeforeEach
    void open() throws IOException {
        alerts = new Alerts(
                new AlertRules(Optional.empty()), InstantSource.fixed(NOW), Producer.of("ingest-server", "test"));
        alerts.addListener(told::add);
    }

    @Test
    void accept_labelZoneAndDwell_beginOnceAndEndOnce() throws IOException {
        alerts.rules().put("gate", new AlertRule("drone", List.of("person"), 0.5, LEFT, 1.0, null));

        for (int frame = 0; frame < 60; frame++) {
            alerts.accept(frame(frame, person(7, frame < 30 ? 100 : 900), car(8, 100)));
        }
        alerts.accept(frame(100, person(7, 900)));

        assertThat(told).extracting(Alert::event).containsExactly(Alert.Kind.BEGAN, Alert.Kind.ENDED);
        var began = told.getFirst();
        assertThat(began.rule()).isEqualTo("gate");
        assertThat(began.objectId()).isEqualTo(7);
        assertThat(began.envelope().frameNumber()).isEqualTo(10);
        assertThat(began.dwellSeconds()).isEqualTo(1.0);
        assertThat(told.getLast().alert()).isEqualTo(began.alert());
        assertThat(told.getLast().envelope().frameNumber()).isEqualTo(29);
        assertThat(told.getLast().dwellSeconds()).isEqualTo(2.9);
        assertThat(alerts.recent("drone")).containsExactly(told.getLast(), told.getFirst());
        assertThat(alerts.recent("other")).isEmpty();
    }

    @Test
    void accept_shortGap_isBridged_longGapBeginsAnew() throws IOException {
        alerts.rules().put("any", new AlertRule(null, null, null, null, 1.0, null));

        for (int frame : new int[] {0, 5, 20, 60, 65, 71}) {
            alerts.accept(frame(frame, person(7, 100)));
        }

        assertThat(told).extracting(alert -> alert.envelope().frameNumber()).containsExactly(20L, 20L, 71L);
        assertThat(told).extracting(Alert::event).containsExactly(Alert.Kind.BEGAN, Alert.Kind.ENDED, Alert.Kind.BEGAN);
    }

    @Test
    void accept_speed_isMeasuredInWidthsOfTheFrame() throws IOException {
        alerts.rules().put("fast", new AlertRule(null, null, null, null, null, 0.3));

        for (int frame = 0; frame < 20; frame++) {
            alerts.accept(frame(frame, person(7, 40 * frame), person(8, 10 * frame)));
        }

        assertThat(told).singleElement().satisfies(alert -> {
            assertThat(alert.objectId()).isEqualTo(7);
            assertThat(alert.speedWidthsPerSecond()).isBetween(0.399, 0.401);
        });
    }

    @Test
    void accept_uncertainOldAndReplayedResults_areNoReason() throws IOException {
        alerts.rules().put("any", new AlertRule(null, null, 0.5, null, null, null));

        alerts.accept(frame(5, object(1, "person", 0.9, 100, TrackState.TENTATIVE)));
        alerts.accept(frame(6, object(1, "person", 0.9, 100, TrackState.OCCLUDED)));
        alerts.accept(frame(7, object(1, "person", 0.4, 100, TrackState.CONFIRMED)));
        alerts.accept(frame(4, person(2, 100)));
        alerts.accept(result("drone", ExampleMessages.SESSION, 8, CaptureClock.REPLAY, List.of(person(3, 100))));

        assertThat(told).isEmpty();
    }

    @Test
    void accept_newSessionAndEndOfSession_endAlerts_lateResultsBeginNone() throws IOException {
        alerts.rules().put("any", new AlertRule(null, null, null, null, null, null));
        alerts.accept(frame(1, person(7, 100)));
        alerts.accept(result("drone", "next", 0, CaptureClock.SENDER, List.of()));
        alerts.accept(frame(2, person(7, 100)));
        assertThat(told).extracting(Alert::event).containsExactly(Alert.Kind.BEGAN, Alert.Kind.ENDED);

        alerts.accept(result("drone", "next", 1, CaptureClock.SENDER, List.of(person(1, 100))));
        alerts.accept(ExampleMessages.streamEvent(StreamEvent.Kind.ENDED, "drone", "next"));

        assertThat(told).hasSize(4);
        assertThat(told.getLast().event()).isEqualTo(Alert.Kind.ENDED);
    }

    @Test
    void rules_changedOrRemoved_endTheirAlerts() throws IOException {
        alerts.rules().put("any", new AlertRule(null, null, null, null, null, null));
        alerts.accept(frame(1, person(7, 100)));
        alerts.rules().remove("any");
        assertThat(alerts.isWatched("drone")).as("until its alerts have ended").isTrue();

        alerts.accept(frame(2, person(7, 100)));

        assertThat(told).extracting(Alert::event).containsExactly(Alert.Kind.BEGAN, Alert.Kind.ENDED);
        assertThat(alerts.isWatched("other")).isFalse();
    }

    @Test
    void zone_concave_containsWhatIsInside_wrongCornersAreNamed() {
        var zone = new AlertZone(
                List.of(List.of(0.1, 0.1), List.of(0.9, 0.1), List.of(0.9, 0.9), List.of(0.5, 0.3), List.of(0.1, 0.9)));

        assertThat(zone.contains(0.2, 0.6)).isTrue();
        assertThat(zone.contains(0.8, 0.6)).isTrue();
        assertThat(zone.contains(0.5, 0.6)).isFalse();
        assertThat(zone.contains(0.05, 0.2)).isFalse();
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> new AlertZone(List.of(List.of(0.0, 0.0), List.of(2.0, 0.0), List.of(1.0, 1.0))))
                .withMessageContaining("zone");
    }

    private static FrameResult frame(int number, TrackedObject... objects) {
        return result("drone", ExampleMessages.SESSION, number, CaptureClock.SENDER, List.of(objects));
    }

    /// Ten frames a second of 1000 × 500 pixels.
    private static FrameResult result(
            String stream, String session, int number, @Nullable CaptureClock clock, List<TrackedObject> objects) {
        var id = new FrameId(stream, session, number);
        var producer = Producer.of("frame-processor", "fp-1");
        var envelope = Envelope.ofFrame(id, BEGUN_NANOS + number * 100_000_000L, clock, NOW, producer);
        return new FrameResult(envelope, 1000, 500, "edgetam", new Timing(1.0, 1.0, 1.0, 3.0), objects);
    }

    private static TrackedObject person(int id, double x) {
        return object(id, "person", 0.9, x, TrackState.CONFIRMED);
    }

    private static TrackedObject car(int id, double x) {
        return object(id, "car", 0.9, x, TrackState.CONFIRMED);
    }

    private static TrackedObject object(int id, String label, double score, double x, TrackState state) {
        return TrackedObject.ofBox(id, label, score, new Box(x, 100, 50, 200), state, 5);
    }
}
