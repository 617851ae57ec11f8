package dev.aerie.slam.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Two keyframes beside each other: epipolar lines are rows. Descriptors are so many ones, then zeros: two differ by
/// the difference of these numbers.
final class EpipolarMatcherTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);

    private final SlamMap map = new SlamMap();
    private final int submap = map.newSubmap();
    private final EpipolarMatcher matcher = new EpipolarMatcher(MatchingConfig.DEFAULT);

    @Test
    void match_alikeOnTheLine_isAPair() {
        var first = keyframe(0, List.of(at(300, 200), at(300, 300)), 10, 60);
        var second = keyframe(1, List.of(at(280, 300), at(250, 200)), 61, 12);

        assertThat(matcher.match(first, second))
                .containsExactlyInAnyOrder(new FeaturePair(1, 0), new FeaturePair(0, 1));
    }

    @Test
    void match_alikeOffTheLine_isNoPair() {
        var first = keyframe(0, List.of(at(300, 200)), 10);
        var second = keyframe(1, List.of(at(280, 210)), 10);

        assertThat(matcher.match(first, second)).isEmpty();
    }

    /// A row of like windows: the true one may be hidden, and any other has a depth too.
    @Test
    void match_severalAlikeOnTheLine_isNoPair() {
        var first = keyframe(0, List.of(at(300, 200)), 10);
        var second = keyframe(1, List.of(at(280, 200), at(230, 200), at(180, 200)), 25, 24, 27);

        assertThat(matcher.match(first, second)).isEmpty();
    }

    @Test
    void match_featureThatShowsALandmark_isLeftAlone() {
        var first = keyframe(0, List.of(at(300, 200)), 10);
        var second = keyframe(1, List.of(at(280, 200)), 10);
        map.addLandmark(new Vector3(0, 0, 10), first, 0);

        assertThat(matcher.match(first, second)).isEmpty();
    }

    /// What is right for one window must not be taken for the next, because that shows a landmark already.
    @Test
    void match_anotherAlikeShowsALandmark_isNoPair() {
        var first = keyframe(0, List.of(at(300, 200)), 10);
        var second = keyframe(1, List.of(at(280, 200), at(230, 200)), 12, 14);
        map.addLandmark(new Vector3(0, 0, 10), second, 0);

        assertThat(matcher.match(first, second)).isEmpty();
    }

    @Test
    void match_theOneAlikeShowsALandmark_isNoPair() {
        var first = keyframe(0, List.of(at(300, 200)), 10);
        var second = keyframe(1, List.of(at(280, 200), at(230, 200)), 12, 50);
        map.addLandmark(new Vector3(0, 0, 10), second, 0);

        assertThat(matcher.match(first, second)).isEmpty();
    }

    private static Keypoint at(double xPixels, double yPixels) {
        return new Keypoint(xPixels, yPixels, 0, 0);
    }

    /// - `number`: how many metres to the right it lies
    /// - `ones`: fewer than 64 in each descriptor
    private Keyframe keyframe(int number, List<Keypoint> keypoints, long... ones) {
        var descriptors = LongStream.of(ones)
                .mapToObj(count -> new Descriptor((1L << count) - 1, 0, 0, 0))
                .toList();
        var frame = new FrameFeatures(number, number * 100_000_000L, new Features(keypoints, descriptors));
        return map.addKeyframe(
                frame, CAMERA, new RigidTransform(Rotation.IDENTITY, new Vector3(-number, 0, 0)), submap);
    }
}
