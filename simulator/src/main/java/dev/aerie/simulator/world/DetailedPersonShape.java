package dev.aerie.simulator.world;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A walking person of 1.76 m for close views: round limbs, knees, shoes, hair.
final class DetailedPersonShape implements BodyShape {

    private static final int[] SHIRTS = {0xB83030, 0x3060A8, 0xE8E4DC, 0x282C34, 0xD8B040, 0x487850, 0x885898, 0xD07848
    };
    private static final int[] TROUSERS = {0x283048, 0x202024, 0x505458, 0x8C7C5C, 0x3A4A68};
    private static final int[] SKINS = {0xD8A888, 0x8C5C40, 0xB88060, 0xE0B898};
    private static final int[] HAIR = {0x2A2018, 0x5A4028, 0xA08850, 0x303030};
    private static final int SHOE = 0x1C1A18;
    private static final double STRIDE_METRES = 1.5;
    private static final double SWING_RADIANS = 0.45;
    private static final double KNEE_RADIANS = 0.7;
    private static final Vector3 HIP = new Vector3(0, 0, 0.88);
    private static final Vector3 KNEE = new Vector3(0, 0, 0.48);
    private static final Vector3 SHOULDER = new Vector3(0, 0, 1.42);
    private static final double LEG_METRES = 0.09;
    private static final double ARM_METRES = 0.235;

    private final List<Face> trunk = new ArrayList<>();
    private final List<List<Face>> thighs = new ArrayList<>();
    private final List<List<Face>> shanks = new ArrayList<>();
    private final List<List<Face>> arms = new ArrayList<>();

    DetailedPersonShape(SplittableRandom random) {
        var shirt = plain(random, SHIRTS);
        var trousers = plain(random, TROUSERS);
        var skin = plain(random, SKINS);
        var hair = plain(random, HAIR);
        var shoe = BodyTextures.plain(SHOE, random.nextLong());
        dress(shirt, trousers);
        head(skin, hair);
        for (int side : new int[] {1, -1}) {
            thighs.add(new Loft(0, side * LEG_METRES)
                    .ring(0.45, 0.062, 0.06)
                    .ring(0.9, 0.095, 0.085)
                    .faces(trousers, trousers));
            List<Face> shank = new Loft(0, side * LEG_METRES)
                    .ring(0.06, 0.05, 0.05)
                    .ring(0.34, 0.065, 0.06)
                    .ring(0.5, 0.062, 0.06)
                    .faces(trousers, trousers);
            double y = side * LEG_METRES;
            shank.addAll(
                    Solids.box(new Vector3(-0.09, y - 0.045, 0), new Vector3(0.18, y + 0.045, 0.08), shoe, shoe, shoe));
            shanks.add(shank);
            List<Face> arm = new Loft(0, side * ARM_METRES)
                    .ring(0.86, 0.038, 0.036)
                    .ring(1.43, 0.055, 0.05)
                    .faces(shirt, shirt);
            arm.addAll(new Loft(0, side * ARM_METRES)
                    .ring(0.74, 0.03, 0.02)
                    .ring(0.86, 0.04, 0.03)
                    .faces(skin, skin));
            arms.add(arm);
        }
    }

    private void dress(Texture shirt, Texture trousers) {
        trunk.addAll(new Loft(0, 0).ring(0.84, 0.1, 0.15).ring(0.98, 0.11, 0.16).faces(trousers, trousers));
        trunk.addAll(new Loft(0, 0)
                .ring(0.96, 0.12, 0.165)
                .ring(1.28, 0.13, 0.2)
                .ring(1.42, 0.11, 0.2)
                .ring(1.5, 0.06, 0.08)
                .faces(shirt, shirt));
    }

    private void head(Texture skin, Texture hair) {
        trunk.addAll(
                new Loft(0, 0).ring(1.48, 0.05, 0.05).ring(1.56, 0.05, 0.05).faces(skin, skin));
        trunk.addAll(new Loft(0.01, 0)
                .ring(1.53, 0.07, 0.05)
                .ring(1.6, 0.095, 0.07)
                .ring(1.68, 0.1, 0.075)
                .faces(skin, hair));
        trunk.addAll(new Loft(0.005, 0)
                .ring(1.68, 0.105, 0.08)
                .ring(1.74, 0.085, 0.065)
                .ring(1.77, 0.04, 0.03)
                .faces(hair, hair));
    }

    private static Texture plain(SplittableRandom random, int[] colours) {
        return BodyTextures.plain(colours[random.nextInt(colours.length)], random.nextLong());
    }

    @Override
    public List<Face> faces(double goneMetres) {
        double phase = 2 * Math.PI * goneMetres / STRIDE_METRES;
        List<Face> faces = new ArrayList<>(trunk);
        for (int side = 0; side < 2; side++) {
            double of = phase + side * Math.PI;
            var hip = about(HIP, -SWING_RADIANS * StrictMath.sin(of));
            var knee = about(KNEE, KNEE_RADIANS * Math.max(0, StrictMath.cos(of)));
            var shoulder = about(SHOULDER, SWING_RADIANS * StrictMath.sin(of));
            thighs.get(side).forEach(face -> faces.add(face.placed(hip, 0)));
            shanks.get(side).forEach(face -> faces.add(face.placed(knee, 0).placed(hip, 0)));
            arms.get(side).forEach(face -> faces.add(face.placed(shoulder, 0)));
        }
        return faces;
    }

    private static RigidTransform about(Vector3 joint, double radians) {
        var rotation = Rotation.aboutY(radians);
        return new RigidTransform(rotation, joint.minus(rotation.apply(joint)));
    }

    @Override
    public Vector3 sizeMetres() {
        return new Vector3(0.5, 0.6, 1.77);
    }
}
