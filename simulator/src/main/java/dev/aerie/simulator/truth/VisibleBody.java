package dev.aerie.simulator.truth;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.messages.Box;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Body;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.FrameSize;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A body visible in one frame, and its visible fraction.
///
/// - `label`: its class by COCO's name
/// - `box`: just round its visible pixels
/// - `visibleShare`: the box's area as a fraction of the whole body's, 0..1: what the frame's edge or a wall hides
///   is missing
public record VisibleBody(
        int id,
        String label,
        @JsonProperty("bbox") Box box,
        @JsonProperty("visible_share") double visibleShare) {

    /// Of the frame's height. KITTI asks for objects from 25 of its 375 rows on (its level "moderate").
    private static final double MIN_SIDE = 1.0 / 15;

    private static final double MIN_VISIBLE_SHARE = 0.5;

    /// Whether a detector must find it: its box's longer side is at least a fifteenth of the frame's height, and at
    /// least half of it is visible. Smaller or more occluded ones are optional.
    public boolean isToBeFound(FrameSize frame) {
        return visibleShare >= MIN_VISIBLE_SHARE
                && Math.max(box.widthPixels(), box.heightPixels()) >= MIN_SIDE * frame.heightPixels();
    }

    /// Every body of which the last frame that `renderer` drew shows a pixel.
    ///
    /// - `seconds`: the moment of that frame
    public static List<VisibleBody> in(Renderer renderer, Scene scene, double seconds) {
        var worldFromCamera = renderer.worldFromCamera();
        var bodies = scene.world().bodies().stream().collect(Collectors.toMap(Body::id, Function.identity()));
        return VisibleObject.in(renderer.visibility(), scene.world().bodies()).stream()
                .map(seen -> {
                    var body = requireNonNull(bodies.get(seen.id()));
                    var whole = wholeArea(body, seconds, worldFromCamera, renderer.camera());
                    double share = whole.isPresent() ? seen.box().areaPixels() / whole.getAsDouble() : 0;
                    return new VisibleBody(seen.id(), seen.label(), seen.box(), Math.min(1, share));
                })
                .toList();
    }

    /// Of the box round everything of the body, hidden or not; empty if part of it lies behind the camera.
    private static OptionalDouble wholeArea(
            Body body, double seconds, RigidTransform worldFromCamera, CameraIntrinsics camera) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (var face : body.at(seconds).faces()) {
            for (int i = 0; i < face.cornerCount(); i++) {
                var corner = worldFromCamera.applyInverse(face.corner(i));
                if (corner.z() < Renderer.NEAR_METRES) {
                    return OptionalDouble.empty();
                }
                left = Math.min(left, camera.projectX(corner));
                right = Math.max(right, camera.projectX(corner));
                top = Math.min(top, camera.projectY(corner));
                bottom = Math.max(bottom, camera.projectY(corner));
            }
        }
        return OptionalDouble.of(Math.max(1, (right - left) * (bottom - top)));
    }
}
