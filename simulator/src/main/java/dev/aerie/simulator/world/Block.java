package dev.aerie.simulator.world;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The objects of one block: houses in its four quarters or a park's trees, and trees and lamps along its pavement.
record Block(double left, double bottom, double side, Materials materials) {

    private static final int PARK = 0;
    private static final int FIELD = 3;
    private static final double PAVEMENT_METRES = 3;
    private static final double FLOOR_METRES = 3.1;

    List<SceneObject> fill(int kind, SplittableRandom random) {
        List<SceneObject> things = new ArrayList<>();
        boolean isOpen = kind == PARK || kind == FIELD;
        for (int quarter = 0; quarter < 4; quarter++) {
            double x = centreX(quarter);
            double y = centreY(quarter);
            if (isOpen) {
                for (int i = 0; i < 3; i++) {
                    things.add(tree(materials, x + random.nextDouble(-8, 8), y + random.nextDouble(-8, 8), random));
                }
            } else if (random.nextInt(5) > 0) {
                things.add(building(x, y, random));
            }
        }
        lineStreets(things, random);
        return things;
    }

    /// Four houses, the same in every block.
    ///
    /// - `houseSeed`: of what they look like
    List<SceneObject> fillAlike(long houseSeed, SplittableRandom random) {
        List<SceneObject> things = new ArrayList<>();
        for (int quarter = 0; quarter < 4; quarter++) {
            things.add(building(centreX(quarter), centreY(quarter), new SplittableRandom(houseSeed)));
        }
        lineStreets(things, random);
        return things;
    }

    private double centreX(int quarter) {
        return left + side * (quarter % 2 == 0 ? 0.27 : 0.73);
    }

    private double centreY(int quarter) {
        return bottom + side * (quarter / 2 == 0 ? 0.27 : 0.73);
    }

    private void lineStreets(List<SceneObject> things, SplittableRandom random) {
        double inset = PAVEMENT_METRES / 4;
        for (int i = 0; i < 4; i++) {
            double along = side * (0.14 + 0.24 * i) + random.nextDouble(-2, 2);
            if (random.nextBoolean()) {
                things.add(lamp(left + along, bottom + inset));
                things.add(lamp(left + side - inset, bottom + along));
            } else {
                things.add(tree(materials, left + along, bottom + side - 4.5, random));
                things.add(tree(materials, left + 4.5, bottom + along, random));
            }
        }
    }

    private SceneObject building(double x, double y, SplittableRandom random) {
        double halfX = random.nextDouble(5, 8.5);
        double halfY = random.nextDouble(5, 8.5);
        int floors = random.nextInt(Materials.MIN_FLOORS, Materials.MAX_FLOORS + 1);
        double height = floors * FLOOR_METRES;
        var low = new Vector3(x - halfX, y - halfY, 0);
        var high = new Vector3(x + halfX, y + halfY, height);
        var front = materials.facade(random, floors);
        var side = materials.facade(random, floors);
        var roof = materials.roof(random);
        double gable = floors < 4 ? 3 : 0;
        var faces = gable > 0
                ? Solids.house(low, high, gable, front, side, roof)
                : Solids.box(low, high, front, side, roof);
        double radius = Math.sqrt(halfX * halfX + halfY * halfY + height * height / 4) + gable;
        return new SceneObject(new Vector3(x, y, height / 2), radius, faces, Sun.shadowOf(Solids.corners(low, high)));
    }

    static SceneObject tree(Materials materials, double x, double y, SplittableRandom random) {
        double height = random.nextDouble(4.5, 9);
        double radius = random.nextDouble(1.2, 2.2);
        var leaves = materials.leaves(random);
        var trunk = materials.bark(random);
        double stem = 0.3 * height;
        List<Face> faces = new ArrayList<>(Solids.turned(5, trunk, 0.16, 0, 0.11, stem + 0.2));
        if (random.nextInt(3) == 0) {
            faces.addAll(Solids.turned(7, leaves, 0, stem - 0.3, radius, stem, 0.3 * radius, height * 0.7));
            faces.addAll(Solids.turned(7, leaves, 0, height * 0.55, 0.7 * radius, height * 0.58, 0, height));
        } else {
            double crown = height - stem;
            faces.addAll(Solids.turned(
                    8,
                    leaves,
                    0,
                    stem - 0.1,
                    0.75 * radius,
                    stem + 0.15 * crown,
                    radius,
                    stem + 0.45 * crown,
                    0.7 * radius,
                    stem + 0.82 * crown,
                    0,
                    height));
        }
        var low = new Vector3(x - 0.7 * radius, y - 0.7 * radius, stem);
        var high = new Vector3(x + 0.7 * radius, y + 0.7 * radius, 0.9 * height);
        return placed(x, y, height, radius, faces, Sun.shadowOf(Solids.corners(low, high)));
    }

    private SceneObject lamp(double x, double y) {
        var metal = materials.metal();
        List<Face> faces = new ArrayList<>(Solids.turned(4, metal, 0.1, 0, 0.06, 5));
        faces.addAll(Solids.box(new Vector3(-0.2, -0.2, 5), new Vector3(0.2, 0.2, 5.5), metal, metal, metal));
        var shadow =
                Sun.shadowOf(Solids.corners(new Vector3(x - 0.06, y - 0.06, 0), new Vector3(x + 0.06, y + 0.06, 5)));
        return placed(x, y, 5.5, 0.3, faces, shadow);
    }

    private static SceneObject placed(
            double x, double y, double height, double radius, List<Face> faces, List<Vector3> shadow) {
        var place = new RigidTransform(Rotation.IDENTITY, new Vector3(x, y, 0));
        List<Face> inWorld = faces.stream().map(face -> face.placed(place, 0)).toList();
        return new SceneObject(new Vector3(x, y, height / 2), height / 2 + radius, inWorld, shadow);
    }
}
