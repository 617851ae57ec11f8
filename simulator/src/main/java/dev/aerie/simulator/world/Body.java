package dev.aerie.simulator.world;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;

/// An object with an identity: a pedestrian, a moving or parked car.
public final class Body {

    private final int id;
    private final String label;
    private final Motion motion;
    private final BodyShape shape;

    /// - `id`: 1..255, the value of its pixels in the masks
    /// - `label`: its class by COCO's name
    Body(int id, String label, Motion motion, BodyShape shape) {
        if (id < 1 || id > 255) {
            throw new IllegalArgumentException("an object id is 1..255, was " + id);
        }
        this.id = id;
        this.label = label;
        this.motion = motion;
        this.shape = shape;
    }

    public int id() {
        return id;
    }

    public String label() {
        return label;
    }

    /// x forward, y left, z up; the origin is on the ground in its middle.
    public RigidTransform worldFromBody(double seconds) {
        return motion.worldFromBody(seconds);
    }

    /// Radius around its position on the ground that contains it.
    public double reachMetres() {
        return shape.sizeMetres().length() + 0.3;
    }

    /// Its faces in the world, its bounds and its shadow at a time.
    public SceneObject at(double seconds) {
        var place = motion.worldFromBody(seconds);
        List<Face> faces = new ArrayList<>();
        for (var face : shape.faces(motion.goneMetres(seconds))) {
            faces.add(face.placed(place, id));
        }
        var half = shape.sizeMetres().times(0.5);
        List<Vector3> corners = new ArrayList<>();
        var low = new Vector3(-half.x(), -half.y(), 0);
        for (var corner : Solids.corners(low, new Vector3(half.x(), half.y(), 2 * half.z()))) {
            corners.add(place.apply(corner));
        }
        var centre = place.apply(new Vector3(0, 0, half.z()));
        return new SceneObject(centre, half.length() + 0.3, faces, Sun.shadowOf(corners));
    }
}
