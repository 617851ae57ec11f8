package dev.aerie.slam.map;

import dev.aerie.geometry.RigidTransform;

/// A camera's pose relative to a keyframe: later corrections of the keyframe move it along.
///
/// - `scaleChange`: the keyframe's [Keyframe#scaleChange] when this anchor was made
public record Anchor(Keyframe keyframe, RigidTransform cameraFromKeyframe, double scaleChange) {

    public static Anchor of(RigidTransform cameraFromWorld, Keyframe keyframe) {
        var cameraFromKeyframe =
                cameraFromWorld.times(keyframe.cameraFromWorld().inverse());
        return new Anchor(keyframe, cameraFromKeyframe, keyframe.scaleChange());
    }

    /// The pose as the map knows it now.
    public RigidTransform cameraFromWorld() {
        double grown = keyframe.scaleChange() / scaleChange;
        return new RigidTransform(
                        cameraFromKeyframe.rotation(),
                        cameraFromKeyframe.translation().times(grown))
                .times(keyframe.cameraFromWorld());
    }
}
