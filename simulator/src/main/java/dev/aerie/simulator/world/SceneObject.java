package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.Vector3;
import java.util.List;

/// Faces that are seen or not seen together.
///
/// - `centre`, `radiusMetres`: a sphere round all of them
/// - `shadow`: its outline on the ground, counter-clockwise from above; empty where it casts none
public record SceneObject(Vector3 centre, double radiusMetres, List<Face> faces, List<Vector3> shadow) {

    public SceneObject {
        faces = List.copyOf(faces);
        shadow = List.copyOf(shadow);
    }
}
