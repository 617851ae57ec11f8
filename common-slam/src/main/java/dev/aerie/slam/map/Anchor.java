package dev.aerie.slam.map;

import dev.aerie.geometry.RigidTransform;

/// A camera's pose, tied to a keyframe: what the map corrects later moves it along.
///
/// - `growth`: the keyframe's [Keyframe#growth] when the two were tied
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
