package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.List;

/// The geometry of a moving body, in its own axes: x forward, y left, z up from the ground.
interface BodyShape {

    /// Its faces after a distance travelled, by which legs swing.
    List<Face> faces(double goneMetres);

    /// Length, width and height.
    Vector3 sizeMetres();
}
