package dev.aerie.vision.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.Box;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.reid.Embedding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BotSortTest {

    private static final Embedding RED = Embedding.of(1, 0, 0);
    private static final Embedding BLUE = Embedding.of(0, 0, 1);

    private final BotSort tracker = new BotSort(BotSortConfig.DEFAULT);

    /// Two that stand close; their boxes jump so that each overlaps more with the other one's.
    @Test
    void update_withLooks_aLookOutweighsTheNearerBox() {
        update(List.of(at(0), at(30)), List.of(RED, BLUE));
        var tracks = update(List.of(at(18), at(12)), List.of(RED, BLUE));
        assertThat(leftOf(tracks, 1)).isGreaterThan(leftOf(tracks, 2));
    }

    @Test
    void update_withoutLooks_theNearerBoxWins() {
        update(List.of(at(0), at(30)), List.of());
        var tracks = update(List.of(at(18), at(12)), List.of());
        assertThat(leftOf(tracks, 1)).isLessThan(leftOf(tracks, 2));
    }

    @Test
    void update_sameLookFarAway_isSomebodyElse() {
        update(List.of(at(0)), List.of(RED));
        assertThat(update(List.of(at(500)), List.of(RED)))
                .extracting(BoxTrack::id)
                .contains(2L);
    }

    @Test
    void update_cameraJumps_isTrackedWhereTheCameraMotionIsKnown() {
        update(List.of(at(0)), List.of());
        var tracks = tracker.update(List.of(at(200)), CameraMotion.shift(200, 0), 1, Optional.empty());
        assertThat(tracks).extracting(BoxTrack::id).containsExactly(1L);
    }

    @Test
    void newFrame_anEmbeddingTooMany_isRefused() {
        assertThatThrownBy(() -> update(List.of(at(0)), List.of(RED, BLUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each of 1 detections or none, was 2");
    }

    private List<BoxTrack> update(List<Detection> detections, List<Embedding> embeddings) {
        return tracker.update(new FrameDetections(detections, CameraMotion.NONE, 1, Optional.empty(), embeddings));
    }

    private static Detection at(double leftPixels) {
        return new Detection(new Box(leftPixels, 50, 60, 120), "person", 0.9);
    }

    private static double leftOf(List<BoxTrack> tracks, long id) {
        return tracks.stream()
                .filter(track -> track.id() == id)
                .findFirst()
                .orElseThrow()
                .box()
                .leftPixels();
    }
}
