package dev.aerie.simulator.world;

import java.util.List;

/// Everything that can be seen, apart from the camera. Immutable; asked for a moment in seconds.
///
/// - `ground`: faces at Z = 0 (nothing lies below them); shadows fall on these only
/// - `sky`: faces so far away that they count as no depth at all
/// - `things`: what stands, `bodies`: what has an identity
public record World(List<Face> ground, List<Face> sky, List<SceneObject> things, List<Body> bodies) {

    /// What shows where nothing is, and what distance fades into.
    public static final int HAZE_RGB = 0xBCC8D4;

    public World {
        ground = List.copyOf(ground);
        sky = List.copyOf(sky);
        things = List.copyOf(things);
        bodies = List.copyOf(bodies);
    }
}
