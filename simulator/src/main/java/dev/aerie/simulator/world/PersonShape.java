package dev.aerie.simulator.world;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A walking person of 1.78 m: head, trunk, two arms and two legs that swing.
final class PersonShape implements BodyShape {

    private static final double STRIDE_METRES = 1.5;
    private static final double SWING_RADIANS = 0.55;
    private static final Vector3 HIP = new Vector3(0, 0, 0.88);
    private static final Vector3 SHOULDER = new Vector3(0, 0, 1.45);

    private final List<Face> trunk;
    private final List<Face> leftLimbs;
    private final List<Face> rightLimbs;
    private final List<Face> leftArm;
    private final List<Face> rightArm;

    PersonShape(SplittableRandom random) {
        var shirt = BodyTextures.cloth(random);
        var trousers = BodyTextures.cloth(random);
        var skin = BodyTextures.skin(random);
        trunk = new ArrayList<>(part(-0.13, -0.23, 0.86, 0.13, 0.23, 1.5, shirt));
        trunk.addAll(part(-0.12, -0.1, 1.52, 0.12, 0.1, 1.78, skin));
        leftLimbs = part(-0.09, 0.02, 0, 0.09, 0.2, 0.88, trousers);
        rightLimbs = part(-0.09, -0.2, 0, 0.09, -0.02, 0.88, trousers);
        leftArm = part(-0.06, 0.23, 0.85, 0.06, 0.34, 1.47, shirt);
        rightArm = part(-0.06, -0.34, 0.85, 0.06, -0.23, 1.47, shirt);
    }

    private static List<Face> part(double x0, double y0, double z0, double x1, double y1, double z1, Texture texture) {
        return Solids.box(new Vector3(x0, y0, z0), new Vector3(x1, y1, z1), texture, texture, texture);
    }

    @Override
    public List<Face> faces(double goneMetres) {
        double swing = SWING_RADIANS * StrictMath.sin(2 * Math.PI * goneMetres / STRIDE_METRES);
        List<Face> faces = new ArrayList<>(trunk);
        swung(faces, leftLimbs, HIP, swing);
        swung(faces, rightLimbs, HIP, -swing);
        swung(faces, leftArm, SHOULDER, -swing);
        swung(faces, rightArm, SHOULDER, swing);
        return faces;
    }

    private static void swung(List<Face> to, List<Face> limb, Vector3 joint, double radians) {
        var rotation = Rotation.aboutY(radians);
        var place = new RigidTransform(rotation, joint.minus(rotation.apply(joint)));
        for (var face : limb) {
            to.add(face.placed(place, 0));
        }
    }

    @Override
    public Vector3 sizeMetres() {
        return new Vector3(0.5, 0.68, 1.78);
    }
}
