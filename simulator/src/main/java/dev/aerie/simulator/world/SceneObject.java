package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.List;

/// Faces that are culled together.
///
/// - `centre`, `radiusMetres`: a sphere round all of them
/// - `shadow`: its outline on the ground, counter-clockwise from above; empty without a shadow
public record SceneObject(Vector3 centre, double radiusMetres, List<Face> faces, List<Vector3> shadow) {

    public SceneObject {
        faces = List.copyOf(faces);
        shadow = List.copyOf(shadow);
    }
}
