package dev.aerie.ptz.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.TrackState;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.settings.Device;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.reid.Embedder;
import dev.aerie.vision.reid.Embedding;
import dev.aerie.vision.reid.Gallery;
import dev.aerie.vision.reid.GalleryConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people, one in each half of the frame; what each looks like is a vector of the test's choice.
final class TrackIdentitiesTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final TargetStatus NOBODY = new TargetStatus.None();
    private static final Embedding ANA = Embedding.of(1, 0, 0);
    private static final Embedding BEN = Embedding.of(0, 1, 0);
    private static final Embedding BACK_OF_ANA = Embedding.of(0, 0, 1);

    private final Looks embedder = new Looks();
    private final Gallery gallery = new Gallery("test", 3, GalleryConfig.DEFAULT);
    private final AtomicLong changes = new AtomicLong();
    private final TrackIdentities identities =
            new TrackIdentities(embedder, "person"::equals, gallery, changes::incrementAndGet);
    private long frames;

    /// Gives the left half's look, and the right half's.
    private static final class Looks implements Embedder {
        private Embedding left = ANA;
        private Embedding right = BEN;
        private int crops;

        @Override
        public List<Embedding> embed(VideoFrame frame, List<Box> boxes) {
            crops += boxes.size();
            return boxes.stream()
                    .map(box -> box.leftPixels() < 100 ? left : right)
                    .toList();
        }

        @Override
        public int dimensions() {
            return 3;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void close() {}
    }

    @Test
    void look_aFewFrames_everybodyHasAnIdentityOfTheirOwn() {
        look(12, NOBODY, person(1, 10), person(2, 140));

        assertThat(identities.of(1)).contains("1");
        assertThat(identities.of(2)).contains("2");
        assertThat(gallery.size()).isEqualTo(2);
        assertThat(changes).hasPositiveValue();
    }

    @Test
    void look_backUnderAnotherTrackOrInAnotherStream_isTheSameIdentity() {
        look(12, NOBODY, person(1, 10));
        look(12, NOBODY, person(7, 20));
        assertThat(identities.of(7)).isEqualTo(identities.of(1)).isPresent();

        try (var other = new TrackIdentities(embedder, "person"::equals, gallery, () -> {})) {
            for (int i = 0; i < 12; i++) {
                look(other, NOBODY, person(3, 30));
            }
            assertThat(other.of(3)).contains("1");
        }
    }

    @Test
    void look_twoWhoLookAlike_areNotOne() {
        embedder.right = ANA;
        look(12, NOBODY, person(1, 10), person(2, 140));

        assertThat(identities.of(1)).isNotEqualTo(identities.of(2));
    }

    @Test
    void look_targetSeenFromBehindUnderAnotherTrack_keepsItsIdentity() {
        look(12, NOBODY, person(1, 10));
        embedder.left = BACK_OF_ANA;
        look(12, new TargetStatus.Followed(4, "person", Optional.of("1")), person(4, 10));

        assertThat(identities.of(4)).contains("1");
        assertThat(gallery.query(BACK_OF_ANA).orElseThrow().identity()).isEqualTo(1);
    }

    @Test
    void look_tracksMixedUp_areToldApartAfterAWhile() {
        look(12, NOBODY, person(1, 10), person(2, 140));
        embedder.left = BEN;
        embedder.right = ANA;
        look(8, NOBODY, person(1, 10), person(2, 140));
        assertThat(identities.of(1)).as("one look may err").contains("1");
        look(40, NOBODY, person(1, 10), person(2, 140));

        assertThat(identities.of(1)).contains("2");
        assertThat(identities.of(2)).contains("1");
    }

    @Test
    void look_unknownLabelSmallBoxOrTwoInOneBox_isNotLookedAt() {
        var car = AimTrack.of(1, "car", 0.9, new Box(10, 10, 40, 80), TrackState.CONFIRMED);
        var small = AimTrack.of(2, "person", 0.9, new Box(10, 10, 10, 30), TrackState.CONFIRMED);
        var hidden = AimTrack.of(3, "person", 0.9, new Box(10, 10, 40, 80), TrackState.OCCLUDED);
        var one = AimTrack.of(4, "person", 0.9, new Box(140, 10, 40, 80), TrackState.CONFIRMED);
        var before = AimTrack.of(5, "person", 0.9, new Box(150, 10, 40, 80), TrackState.CONFIRMED);
        look(12, NOBODY, car, small, hidden, one, before);

        assertThat(embedder.crops).isZero();
    }

    @Test
    void open_afterARestart_knowsWhoWasThere(@TempDir Path folder) throws ModelException {
        var store = new ModelStore(folder, ModelManifest.load());
        try (var embedders = EmbedderChoice.of(store, InferenceDevice.of(Device.CPU, 1))) {
            assertThat(embedders.shortName()).isEqualTo("appearance-histogram-1");
            String before;
            try (var first = Identities.open(embedders, folder);
                    var stream = first.ofStream()) {
                for (int i = 0; i < 12; i++) {
                    look(stream, NOBODY, person(1, 10));
                }
                before = stream.of(1).orElseThrow();
            }
            try (var second = Identities.open(embedders, folder);
                    var stream = second.ofStream()) {
                assertThat(second.size()).isEqualTo(1);
                for (int i = 0; i < 12; i++) {
                    look(stream, NOBODY, person(9, 60));
                }
                assertThat(stream.of(9)).contains(before);
                assertThat(second.between(before, before).orElseThrow()).isGreaterThan(0.9);
                assertThat(second.between(before, "77")).isEmpty();
            }
        }
    }

    private static AimTrack person(long id, double left) {
        return AimTrack.of(id, "person", 0.9, new Box(left, 10, 40, 80), TrackState.CONFIRMED);
    }

    private void look(int times, TargetStatus target, AimTrack... tracks) {
        for (int i = 0; i < times; i++) {
            look(identities, target, tracks);
        }
    }

    /// A frame, a tenth of a second after the one before.
    private void look(TrackIdentities by, TargetStatus target, AimTrack... tracks) {
        long number = frames++;
        var stamp = new FrameStamp(new FrameId("gate", SESSION, number), number * 100_000_000, CaptureClock.SENDER);
        try {
            by.look(HeapFrame.black(stamp, new FrameSize(200, 100)), List.of(tracks), target);
        } catch (ModelException e) {
            throw new AssertionError(e);
        }
    }
}
