package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;

/// Closed bodies made of faces, in their own axes: x forward, y left, z up.
final class Solids {

    private Solids() {}

    /// An upright box without its underside; `front` also covers the back, `side` left and right.
    static List<Face> box(Vector3 low, Vector3 high, Texture front, Texture side, Texture top) {
        return tapered(low, high, 0, 0, front, side, top);
    }

    /// A box whose top is drawn in by `inX` and `inY` metres on each side.
    static List<Face> tapered(
            Vector3 low, Vector3 high, double inX, double inY, Texture front, Texture side, Texture top) {
        var a = new Vector3(low.x(), low.y(), low.z());
        var b = new Vector3(high.x(), low.y(), low.z());
        var c = new Vector3(high.x(), high.y(), low.z());
        var d = new Vector3(low.x(), high.y(), low.z());
        var e = new Vector3(low.x() + inX, low.y() + inY, high.z());
        var f = new Vector3(high.x() - inX, low.y() + inY, high.z());
        var g = new Vector3(high.x() - inX, high.y() - inY, high.z());
        var h = new Vector3(low.x() + inX, high.y() - inY, high.z());
        return List.of(
                Face.fitted(side, a, b, f, e),
                Face.fitted(front, b, c, g, f),
                Face.fitted(side, c, d, h, g),
                Face.fitted(front, d, a, e, h),
                Face.fitted(top, e, f, g, h));
    }

    /// A house with a gabled roof whose ridge runs along x.
    static List<Face> house(Vector3 low, Vector3 high, double roofMetres, Texture front, Texture side, Texture roof) {
        List<Face> faces = new ArrayList<>(box(low, high, front, side, roof));
        faces.removeLast();
        double middle = (low.y() + high.y()) / 2;
        var e = new Vector3(low.x(), low.y(), high.z());
        var f = new Vector3(high.x(), low.y(), high.z());
        var g = new Vector3(high.x(), high.y(), high.z());
        var h = new Vector3(low.x(), high.y(), high.z());
        var west = new Vector3(low.x(), middle, high.z() + roofMetres);
        var east = new Vector3(high.x(), middle, high.z() + roofMetres);
        faces.add(Face.fitted(roof, e, f, east, west));
        faces.add(Face.fitted(roof, g, h, west, east));
        faces.add(Face.fitted(front, f, g, east));
        faces.add(Face.fitted(front, h, e, west));
        return List.copyOf(faces);
    }

    /// A stack of rings of `sides` corners, each ring a (radius, z) pair; a radius of 0 closes it.
    static List<Face> turned(int sides, Texture texture, double... radiusAndZ) {
        List<Face> faces = new ArrayList<>();
        for (int ring = 0; ring + 3 < radiusAndZ.length; ring += 2) {
            for (int side = 0; side < sides; side++) {
                List<Vector3> corners = new ArrayList<>();
                addRim(corners, sides, side, radiusAndZ[ring], radiusAndZ[ring + 1], false);
                addRim(corners, sides, side, radiusAndZ[ring + 2], radiusAndZ[ring + 3], true);
                faces.add(Face.fitted(texture, corners));
            }
        }
        return List.copyOf(faces);
    }

    private static void addRim(List<Vector3> corners, int sides, int side, double radius, double z, boolean back) {
        if (radius == 0) {
            corners.add(new Vector3(0, 0, z));
            return;
        }
        corners.add(onCircle(sides, back ? side + 1 : side, radius, z));
        corners.add(onCircle(sides, back ? side : side + 1, radius, z));
    }

    private static Vector3 onCircle(int sides, int corner, double radius, double z) {
        double angle = 2 * Math.PI * corner / sides;
        return new Vector3(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle), z);
    }

    /// The eight corners of a box.
    static List<Vector3> corners(Vector3 low, Vector3 high) {
        List<Vector3> corners = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            corners.add(new Vector3(
                    (i & 1) == 0 ? low.x() : high.x(),
                    (i & 2) == 0 ? low.y() : high.y(),
                    (i & 4) == 0 ? low.z() : high.z()));
        }
        return corners;
    }
}
