package dev.aerie.simulator.world;

import java.util.List;

/// Everything visible. Immutable; evaluated at a time in seconds.
///
/// - `ground`: faces at Z = 0 (nothing lies below them); shadows fall on these only
/// - `sky`: faces at infinite depth
/// - `things`: static objects; `bodies`: objects with an identity
public record World(List<Face> ground, List<Face> sky, List<SceneObject> things, List<Body> bodies) {

    /// The colour of the background and of the haze.
    public static final int HAZE_RGB = 0xBCC8D4;

    public World {
        ground = List.copyOf(ground);
        sky = List.copyOf(sky);
        things = List.copyOf(things);
        bodies = List.copyOf(bodies);
    }
}
