package dev.aerie.slam.map;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A frame that the map remembers: its features, which landmarks they show, and from where it was taken.
///
/// Changed by the mapping thread alone, under the map's write lock; read by others under its read lock.
public final class Keyframe {

    /// The submap of a keyframe whose submap was removed.
    public static final int NO_SUBMAP = -1;

    private final int number;
    private FrameFeatures frameFeatures;
    private final PinholeCamera camera;
    private @Nullable Landmark[] landmarks;
    private final Covisibility covisibility = new Covisibility(this);
    private RigidTransform cameraFromWorld;
    private int submap;
    private double scaleChange = 1;

    private @Nullable BodyMotion motion;

    /// Its pose once it is removed, relative to a keyframe that stayed.
    private @Nullable Anchor heir;

    /// - `submap`: poses of different submaps cannot be compared
    Keyframe(
            int number, FrameFeatures frameFeatures, PinholeCamera camera, RigidTransform cameraFromWorld, int submap) {
        this.number = number;
        this.frameFeatures = frameFeatures;
        this.camera = camera;
        this.cameraFromWorld = cameraFromWorld;
        this.submap = submap;
        this.landmarks = new Landmark[frameFeatures.features().count()];
    }

    /// Counts keyframes of a map from 0, in the order in which they were made.
    public int number() {
        return number;
    }

    public FrameFeatures frameFeatures() {
        return frameFeatures;
    }

    public Features features() {
        return frameFeatures.features();
    }

    public PinholeCamera camera() {
        return camera;
    }

    public int submap() {
        return heir == null ? submap : heir.keyframe().submap();
    }

    void moveToSubmap(int other) {
        submap = other;
        if (other == NO_SUBMAP) {
            forgetFeatures();
        }
    }

    /// What is out of the map may be remembered for its pose for hours: not with all that it saw.
    private void forgetFeatures() {
        frameFeatures = frameFeatures.withoutFeatures();
        landmarks = new Landmark[0];
        covisibility.clear();
    }

    /// Its pose; once it is removed, that which follows from the keyframe that stands for it.
    public RigidTransform cameraFromWorld() {
        return heir == null ? cameraFromWorld : heir.cameraFromWorld();
    }

    public void moveTo(RigidTransform pose) {
        cameraFromWorld = pose;
    }

    /// Moves it with all that is around it.
    ///
    /// - `pose`: `cameraFromWorld`, whose scale says how much larger everything is in the camera's axes than
    ///   in the world's: 1 before a correction, something else after it
    public void moveTo(Sim3 pose) {
        cameraFromWorld = pose.toRigid();
        scaleChange /= pose.scale();
    }

    /// How much lengths around it have been stretched since it was made.
    public double scaleChange() {
        return heir == null ? scaleChange : scaleChange * heir.keyframe().scaleChange() / heir.scaleChange();
    }

    /// How the camera's body moved, where an inertial sensor has told.
    public Optional<BodyMotion> motion() {
        return Optional.ofNullable(motion);
    }

    public void moveAs(BodyMotion newMotion) {
        motion = newMotion;
    }

    /// Where the camera was, in the world's axes.
    public Vector3 position() {
        return cameraFromWorld.originOfTarget();
    }

    /// What a feature shows, if that is known.
    public Optional<Landmark> landmark(int feature) {
        return Optional.ofNullable(landmarks[feature]);
    }

    void setLandmark(int feature, @Nullable Landmark landmark) {
        landmarks[feature] = landmark;
    }

    /// The landmarks that it sees.
    public List<Landmark> landmarks() {
        var seen = new ArrayList<Landmark>();
        for (var landmark : landmarks) {
            if (landmark != null) {
                seen.add(landmark);
            }
        }
        return seen;
    }

    /// How many of its landmarks at least `observers` keyframes see.
    public int countLandmarksSeenBy(int observers) {
        int count = 0;
        for (var landmark : landmarks) {
            count += landmark != null && landmark.observations().size() >= observers ? 1 : 0;
        }
        return count;
    }

    /// Who else sees what it sees.
    public Covisibility covisibility() {
        return covisibility;
    }

    /// Whether it was removed, alone or with its submap.
    public boolean isRemoved() {
        return heir != null || submap == NO_SUBMAP;
    }

    void markRemoved(Keyframe inheritor) {
        heir = Anchor.of(cameraFromWorld, inheritor);
        forgetFeatures();
    }

    /// The keyframe that stands for it: itself, or the one that stayed when it was removed.
    public Keyframe current() {
        return heir == null ? this : heir.keyframe().current();
    }

    /// Median depth of the landmarks it sees; nothing if it sees none.
    public Optional<Double> medianDepth() {
        double[] depths = landmarks().stream()
                .mapToDouble(
                        landmark -> cameraFromWorld.apply(landmark.position()).z())
                .sorted()
                .toArray();
        return depths.length == 0 ? Optional.empty() : Optional.of(depths[depths.length / 2]);
    }

    @Override
    public String toString() {
        return "keyframe " + number;
    }
}
