package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;

/// A round body: a stack of upright ellipses, each joined to the next. In its own axes: x forward, y left, z up.
final class Loft {

    private static final int SIDES = 8;

    private final double centreX;
    private final double centreY;
    private final List<double[]> rings = new ArrayList<>();

    Loft(double centreX, double centreY) {
        this.centreX = centreX;
        this.centreY = centreY;
    }

    /// Adds an ellipse above the last.
    Loft ring(double z, double halfX, double halfY) {
        rings.add(new double[] {z, halfX, halfY});
        return this;
    }

    /// Its faces; those of the front half are `front`.
    List<Face> faces(Texture front, Texture back) {
        List<Face> faces = new ArrayList<>();
        for (int ring = 0; ring + 1 < rings.size(); ring++) {
            for (int side = 0; side < SIDES; side++) {
                boolean isFront = side < SIDES / 4 || side >= SIDES - SIDES / 4;
                faces.add(Face.fitted(
                        isFront ? front : back,
                        corner(ring, side),
                        corner(ring, side + 1),
                        corner(ring + 1, side + 1),
                        corner(ring + 1, side)));
            }
        }
        List<Vector3> lid = new ArrayList<>();
        for (int side = 0; side < SIDES; side++) {
            lid.add(corner(rings.size() - 1, side));
        }
        faces.add(Face.fitted(back, lid));
        return faces;
    }

    private Vector3 corner(int ring, int side) {
        double[] of = rings.get(ring);
        double angle = 2 * Math.PI * side / SIDES;
        return new Vector3(centreX + of[1] * StrictMath.cos(angle), centreY + of[2] * StrictMath.sin(angle), of[0]);
    }
}
