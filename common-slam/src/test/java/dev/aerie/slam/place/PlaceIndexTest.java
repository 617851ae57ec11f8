package dev.aerie.slam.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.tuning.PlaceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Thirty places of 300 random looks each.
final class PlaceIndexTest {

    private static final int PLACES = 30;
    private static final int LOOKS = 300;
    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);

    private final SplittableRandom random = new SplittableRandom(4);
    private final SlamMap map = new SlamMap();
    private final PlaceIndex positions = new PlaceIndex(PlaceConfig.DEFAULT);
    private final List<Keyframe> keyframes = new ArrayList<>();

    @Test
    void likeliest_ofAPlaceSeenAgainWithNoise_isThatPlace() {
        remember();
        for (var keyframe : keyframes) {
            var again = noisy(keyframe.features(), 8);

            var likeliest = positions.query(again, _ -> true, 3);

            assertThat(likeliest.getFirst().keyframe()).isSameAs(keyframe);
            assertThat(likeliest.getFirst().score()).as("of looks recognised").isGreaterThan(0.3);
        }
    }

    @Test
    void likeliest_ofAnUnknownPlace_isNothing() {
        remember();

        assertThat(positions.query(newPosition(), _ -> true, 3)).isEmpty();
    }

    @Test
    void likeliest_ofWhatIsNotEligible_isLeftOut() {
        remember();
        var first = keyframes.getFirst();

        assertThat(positions.query(first.features(), keyframe -> keyframe != first, 3))
                .extracting(PlaceIndex.Candidate::keyframe)
                .doesNotContain(first);
    }

    private void remember() {
        for (int i = 0; i < PLACES; i++) {
            var keyframe = map.addKeyframe(new FrameFeatures(i, i, newPosition()), CAMERA, RigidTransform.IDENTITY, 0);
            keyframes.add(keyframe);
            positions.add(keyframe);
        }
    }

    private Features newPosition() {
        var keypoints = new ArrayList<Keypoint>();
        var descriptors = new ArrayList<Descriptor>();
        for (int i = 0; i < LOOKS; i++) {
            keypoints.add(new Keypoint(random.nextDouble(640), random.nextDouble(480), 0, 0));
            descriptors.add(new Descriptor(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
        }
        return new Features(keypoints, descriptors);
    }

    /// The same looks with some bits turned over in each.
    private Features noisy(Features features, int bits) {
        var keypoints = new ArrayList<Keypoint>();
        var descriptors = new ArrayList<Descriptor>();
        for (int i = 0; i < features.count(); i++) {
            keypoints.add(features.keypoint(i));
            long[] words = {
                features.descriptor(i).bits0(),
                features.descriptor(i).bits1(),
                features.descriptor(i).bits2(),
                features.descriptor(i).bits3()
            };
            for (int k = 0; k < bits; k++) {
                words[random.nextInt(4)] ^= 1L << random.nextInt(64);
            }
            descriptors.add(new Descriptor(words[0], words[1], words[2], words[3]));
        }
        return new Features(keypoints, descriptors);
    }
}
