package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.Vector3;
import java.util.List;

/// What a moving body looks like, in its own axes: x forward, y left, z up from the ground.
interface BodyShape {

    /// Its faces after it has gone so far, as legs swing with the way.
    List<Face> faces(double goneMetres);

    /// Length, width and height.
    Vector3 sizeMetres();
}
