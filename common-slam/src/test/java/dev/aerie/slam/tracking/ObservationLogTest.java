package dev.aerie.slam.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.movable.MovableMaskFixture;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import dev.aerie.slam.tuning.CullingConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every frame shows one landmark in its left half and one in its right half.
final class ObservationLogTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);

    private final SlamMap map = new SlamMap();
    private final ObservationLog log = new ObservationLog(CAMERA);
    private final List<Landmark> landmarks = new ArrayList<>();

    @BeforeEach
    void addLandmarks() {
        map.write(() -> {
            var keyframe = map.addKeyframe(features(0), CAMERA, RigidTransform.IDENTITY, map.newSubmap());
            landmarks.add(map.addLandmark(new Vector3(-1, 0, 5), keyframe, 0));
            landmarks.add(map.addLandmark(new Vector3(1, 0, 5), keyframe, 1));
        });
    }

    @Test
    void judge_masksThatCameLater_findWhatTheyCovered() {
        for (int frame = 1; frame <= 3; frame++) {
            log.add(frame(frame));
        }
        judge(1);
        assertThat(landmarks.getFirst().isMovable(CullingConfig.DEFAULT))
                .as("covered once")
                .isFalse();
        judge(1);
        assertThat(landmarks.getFirst().isMovable(CullingConfig.DEFAULT))
                .as("a frame is judged once")
                .isFalse();
        judge(3);

        assertThat(landmarks.getFirst().isMovable(CullingConfig.DEFAULT)).isTrue();
        assertThat(landmarks.getLast().isMovable(CullingConfig.DEFAULT)).isFalse();
    }

    @Test
    void judge_framesLongPast_areForgotten() {
        for (int frame = 1; frame <= 100; frame++) {
            log.add(frame(frame));
        }
        judge(1);
        judge(2);
        judge(40);

        assertThat(landmarks.getFirst().isMovable(CullingConfig.DEFAULT)).isFalse();
    }

    private void judge(int frame) {
        log.judge(new FrameMask(frame, MovableMaskFixture.leftHalf(640, 480)));
    }

    private Frame frame(int number) {
        var frame = new Frame(features(number), CAMERA);
        frame.landmarks[0] = landmarks.getFirst();
        frame.landmarks[1] = landmarks.getLast();
        return frame;
    }

    private static FrameFeatures features(int number) {
        var keypoints = List.of(new Keypoint(200, 240, 0, 0), new Keypoint(440, 240, 0, 0));
        var descriptors = List.of(new Descriptor(0, 0, 0, 0), new Descriptor(1, 0, 0, 0));
        return new FrameFeatures(number, number * 100_000_000L, new Features(keypoints, descriptors));
    }
}
