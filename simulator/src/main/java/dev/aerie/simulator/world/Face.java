package dev.aerie.simulator.world;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import java.util.List;

/// A flat convex polygon with a texture, seen from one side only.
///
/// A point of it is `origin + s · uEdge + t · vEdge`; its corners are kept as (s, t), and the texture spans s and t
/// from 0 to 1, then repeats. Seen from outside, `uEdge` points right and `vEdge` down.
public final class Face {

    private static final double HAZE_METRES = 420;

    private final Vector3 origin;
    private final Vector3 uEdge;
    private final Vector3 vEdge;
    private final Vector3 normal;
    private final double[] corners;
    private final Texture texture;
    private final double hazeMetres;
    private final int objectId;

    private Face(
            Vector3 origin,
            Vector3 uEdge,
            Vector3 vEdge,
            double[] corners,
            Texture texture,
            double hazeMetres,
            int objectId) {
        this.origin = origin;
        this.uEdge = uEdge;
        this.vEdge = vEdge;
        this.normal = vEdge.cross(uEdge).normalized();
        this.corners = corners;
        this.texture = texture;
        this.hazeMetres = hazeMetres;
        this.objectId = objectId;
    }

    /// A parallelogram of `across` × `along` textures, each of them `uEdge` × `vEdge` large.
    static Face tiled(Vector3 origin, Vector3 uEdge, Vector3 vEdge, Texture texture, double across, double along) {
        double[] corners = {0, 0, across, 0, across, along, 0, along};
        return new Face(origin, uEdge, vEdge, corners, texture, HAZE_METRES, 0);
    }

    /// A polygon that the texture just covers; `corners` counter-clockwise as seen from outside, all in one plane.
    static Face fitted(Texture texture, Vector3... corners) {
        return fitted(texture, List.of(corners));
    }

    static Face fitted(Texture texture, List<Vector3> corners) {
        var first = corners.getFirst();
        var normal =
                corners.get(1).minus(first).cross(corners.get(2).minus(first)).normalized();
        var right = Math.abs(normal.z()) > 0.9
                ? normal.cross(new Vector3(0, -1, 0)).normalized()
                : Vector3.UP.cross(normal).normalized();
        if (right.x() < 0 && Math.abs(normal.z()) > 0.9) {
            right = right.times(-1);
        }
        var down = right.cross(normal);
        double leftmost = corners.stream().mapToDouble(right::dot).min().orElseThrow();
        double topmost = corners.stream().mapToDouble(down::dot).min().orElseThrow();
        double width = corners.stream().mapToDouble(right::dot).max().orElseThrow() - leftmost;
        double height = corners.stream().mapToDouble(down::dot).max().orElseThrow() - topmost;
        double[] flat = new double[corners.size() * 2];
        for (int i = 0; i < corners.size(); i++) {
            flat[2 * i] = (right.dot(corners.get(i)) - leftmost) / width;
            flat[2 * i + 1] = (down.dot(corners.get(i)) - topmost) / height;
        }
        var origin = right.times(leftmost).plus(down.times(topmost)).plus(normal.times(normal.dot(first)));
        return new Face(origin, right.times(width), down.times(height), flat, texture, HAZE_METRES, 0);
    }

    /// The same face transformed, as part of an object.
    Face placed(RigidTransform worldFromLocal, int newObjectId) {
        return new Face(
                worldFromLocal.apply(origin),
                worldFromLocal.rotation().apply(uEdge),
                worldFromLocal.rotation().apply(vEdge),
                corners,
                texture,
                hazeMetres,
                newObjectId);
    }

    Face withHaze(double metres) {
        return new Face(origin, uEdge, vEdge, corners, texture, metres, objectId);
    }

    public Vector3 origin() {
        return origin;
    }

    public Vector3 uEdge() {
        return uEdge;
    }

    public Vector3 vEdge() {
        return vEdge;
    }

    /// Outward, length 1.
    public Vector3 normal() {
        return normal;
    }

    public int cornerCount() {
        return corners.length / 2;
    }

    public Vector3 corner(int index) {
        return origin.plus(uEdge.times(corners[2 * index])).plus(vEdge.times(corners[2 * index + 1]));
    }

    public Texture texture() {
        return texture;
    }

    /// Brightness under the sun, 0.5..1.
    public double shade() {
        return Sun.shade(normal);
    }

    /// Distance at which haze hides half of its contrast.
    public double hazeMetres() {
        return hazeMetres;
    }

    /// The object that it belongs to, 0 for the fixed world.
    public int objectId() {
        return objectId;
    }
}
