package dev.aerie.simulator.render;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.world.Face;

/// A face projected into one frame: for a plane, u/z, v/z and 1/z are linear in the pixel's column and row.
///
/// Each of the three is `perX · x + perY · y + at0`; u and v are texels of the finest level, z metres along the
/// optical axis. The coefficients are the rows of the inverse of (uEdge, vEdge, origin) in camera axes.
final class Surface {

    final Face face;
    final double light;
    final double[] u;
    final double[] v;
    final double[] inverseDepth;

    Surface(Face face, RigidTransform worldFromCamera, CameraIntrinsics camera) {
        var uEdge = worldFromCamera.rotation().applyInverse(face.uEdge());
        var vEdge = worldFromCamera.rotation().applyInverse(face.vEdge());
        var origin = worldFromCamera.applyInverse(face.origin());
        double volume = uEdge.dot(vEdge.cross(origin));
        this.face = face;
        this.light = face.shade();
        this.u = perPixel(vEdge.cross(origin).times(face.texture().widthTexels() / volume), camera);
        this.v = perPixel(origin.cross(uEdge).times(face.texture().heightTexels() / volume), camera);
        this.inverseDepth = perPixel(uEdge.cross(vEdge).times(1 / volume), camera);
    }

    private static double[] perPixel(Vector3 row, CameraIntrinsics camera) {
        double perX = row.x() / camera.focalXPixels();
        double perY = row.y() / camera.focalYPixels();
        return new double[] {perX, perY, row.z() - perX * camera.centreXPixels() - perY * camera.centreYPixels()};
    }

    static double at(double[] plane, double x, double y) {
        return plane[0] * x + plane[1] * y + plane[2];
    }
}
