package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.Match;
import dev.aerie.slam.match.CameraView;
import dev.aerie.slam.match.ProjectionMatcher.LandmarkObservation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frame being tracked, or the one before: its pose and the landmarks that its features show.
final class Frame {

    private final FrameFeatures frameFeatures;
    private final PinholeCamera camera;

    /// What each feature shows.
    final @Nullable Landmark[] landmarks;

    private RigidTransform cameraFromWorld = RigidTransform.IDENTITY;

    Frame(FrameFeatures frameFeatures, PinholeCamera camera) {
        this.frameFeatures = frameFeatures;
        this.camera = camera;
        this.landmarks = new Landmark[frameFeatures.features().count()];
    }

    /// As a keyframe is, which was made of it.
    static Frame of(Keyframe keyframe) {
        var frame = new Frame(keyframe.frameFeatures(), keyframe.camera());
        for (int i = 0; i < frame.landmarks.length; i++) {
            frame.landmarks[i] = keyframe.landmark(i).orElse(null);
        }
        frame.moveTo(keyframe.cameraFromWorld());
        return frame;
    }

    FrameFeatures frameFeatures() {
        return frameFeatures;
    }

    Features features() {
        return frameFeatures.features();
    }

    PinholeCamera camera() {
        return camera;
    }

    RigidTransform cameraFromWorld() {
        return cameraFromWorld;
    }

    void moveTo(RigidTransform pose) {
        cameraFromWorld = pose;
    }

    CameraView viewFrom(RigidTransform pose) {
        return new CameraView(frameFeatures.features(), camera, pose);
    }

    /// Forgets what its features show.
    void clearLandmarks() {
        Arrays.fill(landmarks, null);
    }

    /// Follows landmarks that have been fused or removed since.
    void refreshLandmarks() {
        for (int i = 0; i < landmarks.length; i++) {
            var landmark = landmarks[i];
            if (landmark != null && landmark.isRemoved()) {
                landmarks[i] = landmark.current().orElse(null);
            }
        }
    }

    /// What it shows, and how.
    List<LandmarkObservation> observations() {
        var seen = new ArrayList<LandmarkObservation>();
        for (int i = 0; i < landmarks.length; i++) {
            var landmark = landmarks[i];
            if (landmark != null) {
                seen.add(new LandmarkObservation(landmark, features().keypoint(i)));
            }
        }
        return seen;
    }

    int countLandmarks() {
        int count = 0;
        for (var landmark : landmarks) {
            count += landmark != null ? 1 : 0;
        }
        return count;
    }

    List<Match> matches() {
        var matches = new ArrayList<Match>();
        for (int i = 0; i < landmarks.length; i++) {
            var landmark = landmarks[i];
            if (landmark != null) {
                matches.add(new Match(i, landmark));
            }
        }
        return matches;
    }
}
