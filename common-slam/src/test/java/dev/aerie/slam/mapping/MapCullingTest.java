package dev.aerie.slam.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.tuning.CullingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Keyframes in a row, one a second, with room for 50 landmarks in each.
final class MapCullingTest {

    private static final int FEATURES = 50;
    private static final int SHARED = 40;

    private final SlamMap map = new SlamMap();
    private final int submap = map.newSubmap();
    private final MapCulling culling = new MapCulling(map, CullingConfig.DEFAULT);
    private final List<Keyframe> keyframes = new ArrayList<>();

    @Test
    void cullLandmarks_rarelyFound_isRemovedAtOnce() {
        addKeyframes(2, 0);
        var rare = landmark(0, 0, 1);
        var common = landmark(1, 0, 1);
        expect(rare, 4);
        expect(common, 3);
        culling.addRecent(List.of(rare, common));

        culling.cullLandmarks(keyframes.get(1));

        assertThat(rare.isRemoved()).as("found in a fifth").isTrue();
        assertThat(common.isRemoved()).as("found in a quarter").isFalse();
    }

    @Test
    void cullLandmarks_seenByTooFewKeyframes_isRemovedTwoKeyframesLater() {
        addKeyframes(3, 0);
        var lonely = landmark(0, 0, 1);
        var seen = landmark(1, 0, 2);
        culling.addRecent(List.of(lonely, seen));

        culling.cullLandmarks(keyframes.get(1));
        assertThat(lonely.isRemoved()).isFalse();

        culling.cullLandmarks(keyframes.get(2));
        assertThat(lonely.isRemoved()).isTrue();
        assertThat(seen.isRemoved()).isFalse();
        assertThat(map.landmarks()).containsExactly(seen);
    }

    @Test
    void cullLandmarks_probationOver_isJudgedNoMore() {
        addKeyframes(5, 0);
        var proven = landmark(0, 0, 2);
        culling.addRecent(List.of(proven));
        culling.cullLandmarks(keyframes.get(3));

        expect(proven, 100);
        culling.cullLandmarks(keyframes.get(4));

        assertThat(proven.isRemoved()).isFalse();
    }

    @Test
    void cullMissing_mostlyNotFound_isRemovedUnlessItWasStable() {
        addKeyframes(5, 0);
        shareLandmarks();
        var missing = landmark(SHARED, 0, 2);
        var stable = landmark(SHARED + 1, 0, 3);
        var young = landmark(SHARED + 2, 0, 2);
        expect(missing, 9);
        expect(stable, 9);
        expect(young, 8);
        for (var landmark : List.of(missing, stable)) {
            landmark.countFound();
            landmark.countFound();
        }

        culling.cullMissing(keyframes.getLast());

        assertThat(missing.isRemoved()).as("found in 0.3 of 10 frames").isTrue();
        assertThat(stable.isRemoved())
                .as("as often, seen by four keyframes over seconds")
                .isFalse();
        assertThat(young.isRemoved()).as("expected in 9 frames only").isFalse();
    }

    @Test
    void cullMissing_mostlyUnderMasks_isRemoved() {
        addKeyframes(5, 0);
        shareLandmarks();
        var walker = landmark(SHARED, 0, 3);
        var wall = landmark(SHARED + 1, 0, 3);
        var once = landmark(SHARED + 2, 0, 3);
        for (int i = 0; i < 4; i++) {
            walker.judge(i > 0);
            wall.judge(i > 1);
        }
        once.judge(true);

        culling.cullMissing(keyframes.getLast());

        assertThat(walker.isRemoved()).as("covered in three of four frames").isTrue();
        assertThat(wall.isRemoved())
                .as("covered in two of four: behind somebody")
                .isFalse();
        assertThat(once.isRemoved()).as("covered once").isFalse();
        assertThat(culling.movableLandmarks()).isEqualTo(1);
    }

    @Test
    void cullKeyframes_whatOthersSee_goesButTheFirstAndTheYoungest() {
        addKeyframes(6, 0);
        shareLandmarks();

        var culled = culling.cullKeyframes(keyframes.getLast());

        assertThat(culled).containsExactlyElementsOf(keyframes.subList(1, 4));
        assertThat(map.keyframes()).containsExactly(keyframes.get(0), keyframes.get(4), keyframes.get(5));
        assertThat(keyframes.get(1).current()).as("its heir").isSameAs(keyframes.get(0));
        assertThat(map.landmarkCount()).isEqualTo(SHARED);
    }

    @Test
    void cullKeyframes_endOfALoopOrLandmarksOfItsOwn_stays() {
        addKeyframes(6, 0);
        shareLandmarks();
        keyframes.get(1).covisibility().addLoopEdge(keyframes.get(0));
        for (int i = SHARED; i < FEATURES; i++) {
            landmark(i, 2, 2);
        }

        assertThat(culling.cullKeyframes(keyframes.getLast())).containsExactly(keyframes.get(3));
    }

    @Test
    void cullKeyframes_sharperThanTheOthers_stays() {
        addKeyframes(1, 2);
        addKeyframes(1, 0);
        addKeyframes(4, 2);
        shareLandmarks();

        assertThat(culling.cullKeyframes(keyframes.getLast())).containsExactly(keyframes.get(2), keyframes.get(3));
    }

    private void addKeyframes(int count, int octave) {
        for (int i = 0; i < count; i++) {
            int number = keyframes.size();
            var features = new Features(
                    IntStream.range(0, FEATURES)
                            .mapToObj(feature -> new Keypoint(10 * feature, 10, octave, 0))
                            .toList(),
                    IntStream.range(0, FEATURES)
                            .mapToObj(feature -> new Descriptor(feature, 0, 0, 0))
                            .toList());
            var pose = new RigidTransform(Rotation.IDENTITY, new Vector3(-number, 0, 0));
            var frame = new FrameFeatures(number, number * 1_000_000_000L, features);
            keyframes.add(map.addKeyframe(frame, PointCloud.CAMERA, pose, submap));
        }
    }

    /// 40 landmarks that all keyframes see.
    private void shareLandmarks() {
        for (int i = 0; i < SHARED; i++) {
            landmark(i, 0, keyframes.size() - 1);
        }
        keyframes.forEach(keyframe -> keyframe.covisibility().update());
    }

    /// Adds what the keyframes `from` to `to` see.
    private Landmark landmark(int feature, int from, int to) {
        var landmark = map.addLandmark(new Vector3(feature, 0, 20), keyframes.get(from), feature);
        keyframes.subList(from + 1, to + 1).forEach(keyframe -> map.observe(landmark, keyframe, feature));
        landmark.refresh();
        return landmark;
    }

    private static void expect(Landmark landmark, int times) {
        for (int i = 0; i < times; i++) {
            landmark.countExpected();
        }
    }
}
