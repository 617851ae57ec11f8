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

final class ByteTrackTest {

    private static final Optional<FrameSize> FRAME = Optional.of(new FrameSize(1280, 720));

    private final ByteTrack tracker = new ByteTrack(ByteTrackConfig.DEFAULT);

    @Test
    void update_firstFrame_numbersFromOneAndIsSure() {
        var tracks = update(at(0, 0.9), at(300, 0.9));
        assertThat(tracks).extracting(BoxTrack::id).containsExactly(1L, 2L);
        assertThat(tracks).extracting(BoxTrack::state).containsOnly(TrackState.CONFIRMED);
    }

    @Test
    void update_laterNewcomer_isTentativeUntilSeenTwice() {
        update(at(0, 0.9));
        assertThat(stateOf(update(at(0, 0.9), at(300, 0.9)), 2)).isEqualTo(TrackState.TENTATIVE);
        assertThat(stateOf(update(at(0, 0.9), at(300, 0.9)), 2)).isEqualTo(TrackState.CONFIRMED);
    }

    @Test
    void update_newcomerSeenOnce_isRemoved() {
        update(at(0, 0.9));
        update(at(0, 0.9), at(300, 0.9));
        assertThat(update(at(0, 0.9))).extracting(BoxTrack::id).containsExactly(1L);
    }

    @Test
    void update_weakDetection_continuesButNeverBegins() {
        update(at(0, 0.9));
        var tracks = update(at(2, 0.2), at(300, 0.2));
        assertThat(tracks).extracting(BoxTrack::id).containsExactly(1L);
        assertThat(stateOf(tracks, 1)).isEqualTo(TrackState.CONFIRMED);
    }

    @Test
    void coast_movingObject_goesOnAsItWasDetectedOrMissed() {
        for (int i = 0; i <= 20; i++) {
            update(at(10 * i, 0.9));
        }
        var detected = tracker.coast(CameraMotion.NONE, 2, FRAME.orElseThrow());
        assertThat(stateOf(detected, 1)).isEqualTo(TrackState.CONFIRMED);
        assertThat(detected.getFirst().box().leftPixels()).isCloseTo(220, within(2.0));

        update();
        for (int i = 0; i < 13; i++) {
            assertThat(stateOf(tracker.coast(CameraMotion.NONE, 1, FRAME.orElseThrow()), 1))
                    .isEqualTo(TrackState.OCCLUDED);
        }
        tracker.coast(CameraMotion.NONE, 1, FRAME.orElseThrow());
        assertThat(stateOf(tracker.coast(CameraMotion.NONE, 1, FRAME.orElseThrow()), 1))
                .isEqualTo(TrackState.LOST);
        assertThat(tracker.identities()).containsExactly(1L);
    }

    @Test
    void coast_cameraTurns_carriesBoxesAlong() {
        update(at(300, 0.9));
        var turned = new CameraMotion(List.of(1.0, 0.0, 40.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0));
        assertThat(tracker.coast(turned, 1, FRAME.orElseThrow())
                        .getFirst()
                        .box()
                        .leftPixels())
                .isCloseTo(340, within(1e-6));
    }

    @Test
    void update_movingObjectHidden_coastsAndKeepsItsIdentity() {
        for (int i = 0; i <= 20; i++) {
            update(at(10 * i, 0.9));
        }
        List<BoxTrack> tracks = List.of();
        for (int i = 21; i <= 28; i++) {
            tracks = update();
            assertThat(stateOf(tracks, 1)).isEqualTo(TrackState.OCCLUDED);
        }
        assertThat(tracks.getFirst().box().leftPixels()).isCloseTo(280, within(8.0));
        assertThat(stateOf(update(at(290, 0.9)), 1)).isEqualTo(TrackState.CONFIRMED);
    }

    @Test
    void update_objectGone_isLostOnceAndNewAfterwards() {
        update(at(0, 0.9));
        int lost = 0;
        for (int i = 0; i < 40; i++) {
            lost += (int) update().stream()
                    .filter(track -> track.state() == TrackState.LOST)
                    .count();
        }
        assertThat(lost).isEqualTo(1);
        assertThat(update(at(0, 0.9))).extracting(BoxTrack::id).containsExactly(2L);
    }

    @Test
    void update_objectThatHasGoneOutOfTheFrame_endsAsSoonAsItsBoxIsOut() {
        for (int i = 0; i <= 20; i++) {
            update(at(1020 + 10 * i, 0.9));
        }
        int told = 0;
        for (int i = 21; i <= 60; i++) {
            told += update().size();
        }

        assertThat(told).isLessThan(6);
    }

    @Test
    void update_objectHiddenAtTheEdge_isKeptWhileItsBoxIsInTheFrame() {
        for (int i = 0; i <= 20; i++) {
            update(at(1220, 0.9));
        }

        assertThat(stateOf(update(), 1)).isEqualTo(TrackState.OCCLUDED);
        assertThat(stateOf(update(at(1220, 0.9)), 1)).isEqualTo(TrackState.CONFIRMED);
    }

    @Test
    void update_skippedFrames_countAsFrames() {
        update(at(0, 0.9));
        var tracks = tracker.update(List.of(at(1, 0.9)), CameraMotion.NONE, 6, FRAME);
        assertThat(tracks.getFirst().ageFrames()).isEqualTo(6);
    }

    @Test
    void update_cameraJumps_isTrackedWhereTheCameraMotionIsKnown() {
        update(at(0, 0.9));
        update(at(0, 0.9));
        var known = tracker.update(List.of(at(200, 0.9)), CameraMotion.shift(200, 0), 1, FRAME);
        assertThat(known).extracting(BoxTrack::id).containsExactly(1L);
        var unknown = tracker.update(List.of(at(500, 0.9)), CameraMotion.NONE, 1, FRAME);
        assertThat(unknown).extracting(BoxTrack::id).containsExactly(1L, 2L);
    }

    @Test
    void update_labelFlickers_keepsIdentityAndTheUsualLabel() {
        for (int i = 0; i < 10; i++) {
            String label = i % 4 == 3 ? "truck" : "car";
            var tracks = update(new Detection(new Box(i, 0, 100, 60), label, 0.9));
            assertThat(tracks).singleElement().satisfies(track -> {
                assertThat(track.id()).isEqualTo(1);
                assertThat(track.label()).isEqualTo("car");
            });
        }
    }

    @Test
    void forget_thenSeen_neverReusesAnIdentity() {
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
        return tracks.stream()
                .filter(track -> track.id() == id)
                .findFirst()
                .orElseThrow()
                .state();
    }
}
