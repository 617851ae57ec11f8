package dev.aerie.vision.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OcSortTest {

    private static final Optional<FrameSize> FRAME = Optional.of(new FrameSize(1280, 720));

    private final OcSort tracker = new OcSort(OcSortConfig.DEFAULT);

    @Test
    void update_weakDetection_isNotUsed() {
        assertThat(update(at(0, 0.3))).isEmpty();
    }

    @Test
    void update_newcomer_isTentativeUntilDetectedTwice() {
        update(at(0, 0.9));
        assertThat(stateOf(update(at(0, 0.9), at(300, 0.9)), 2)).isEqualTo(TrackState.TENTATIVE);
        assertThat(stateOf(update(at(0, 0.9), at(300, 0.9)), 2)).isEqualTo(TrackState.CONFIRMED);
    }

    /// Hidden for eight frames while it stops: the predicted box has run on, the last observed one has not.
    @Test
    void update_objectThatStoppedWhileHidden_isRecoveredByItsLastObservation() {
        for (int i = 0; i <= 10; i++) {
            update(at(10 * i, 0.9));
        }
        for (int i = 0; i < 8; i++) {
            update();
        }
        assertThat(update(at(110, 0.9))).extracting(BoxTrack::id).containsExactly(1L);
    }

    /// Two walkers pass each other; in the frame where they meet only one is detected.
    @Test
    void update_twoThatPassEachOther_keepTheirIdentities() {
        for (int i = 0; i <= 24; i++) {
            var right = at(10 * i, 0.9);
            var left = at(240 - 10 * i, 0.9);
            if (i >= 11 && i <= 13) {
                update(right);
            } else {
                update(right, left);
            }
        }
        var tracks = update(at(250, 0.9), at(-10, 0.9));
        assertThat(leftOf(tracks, 1)).isCloseTo(250, within(20.0));
        assertThat(leftOf(tracks, 2)).isCloseTo(-10, within(20.0));
    }

    @Test
    void update_cameraJumpsWhileHidden_lastObservationMovesAlong() {
        for (int i = 0; i <= 5; i++) {
            update(at(300, 0.9));
        }
        update();
        tracker.update(List.of(), CameraMotion.shift(200, 0), 1, FRAME);
        assertThat(update(at(500, 0.9))).extracting(BoxTrack::id).containsExactly(1L);
    }

    @Test
    void update_objectGone_endsAfterItsBuffer() {
        update(at(0, 0.9));
        for (int i = 0; i < 40; i++) {
            update();
        }
        assertThat(update(at(0, 0.9))).extracting(BoxTrack::id).containsExactly(2L);
    }

    @Test
    void forget_thenDetected_neverReusesAnIdentity() {
        update(at(0, 0.9));
        tracker.forget();
        assertThat(update(at(0, 0.9))).extracting(BoxTrack::id).containsExactly(2L);
    }

    private List<BoxTrack> update(Detection... detections) {
        return tracker.update(List.of(detections), CameraMotion.NONE, 1, FRAME);
    }

    private static Detection at(double leftPixels, double score) {
        return new Detection(new Box(leftPixels, 50, 60, 120), "person", score);
    }

    private static TrackState stateOf(List<BoxTrack> tracks, long id) {
        return track(tracks, id).state();
    }

    private static double leftOf(List<BoxTrack> tracks, long id) {
        return track(tracks, id).box().leftPixels();
    }

    private static BoxTrack track(List<BoxTrack> tracks, long id) {
        return tracks.stream().filter(track -> track.id() == id).findFirst().orElseThrow();
    }
}
