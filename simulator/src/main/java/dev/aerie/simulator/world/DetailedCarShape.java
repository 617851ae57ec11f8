package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A car or a lorry for close views: lights, plates, panes with pillars, wheels in arches.
final class DetailedCarShape implements BodyShape {

    private static final int[] COLOURS = {0xB02820, 0x2858A0, 0xE0E0E0, 0x303438, 0xC8C8CC, 0x3C7848, 0x8890A0};
    private static final int WHEEL_CORNERS = 14;
    private static final double FLOOR_METRES = 0.24;

    private final Vector3 size;
    private final List<Face> faces = new ArrayList<>();

    private DetailedCarShape(Vector3 size) {
        this.size = size;
    }

    static DetailedCarShape car(SplittableRandom random) {
        var shape = new DetailedCarShape(new Vector3(4.4, 1.8, 1.48));
        var textures = new CarTextures(COLOURS[random.nextInt(COLOURS.length)], random.nextLong());
        shape.add(new Slab(-2.2, 2.2, 0.9, FLOOR_METRES, 0.62), new Slab(-2.2, 2.2, 0.9, 0, 0), textures.lowerSkin());
        shape.add(new Slab(-2.2, 2.2, 0.9, 0.62, 0.92), new Slab(-2.12, 2.0, 0.82, 0, 0), textures.upperSkin());
        shape.add(new Slab(-1.75, 1.0, 0.8, 0.92, 1.48), new Slab(-1.15, 0.3, 0.62, 0, 0), textures.cabinSkin());
        shape.addWheels(1.35, -1.3, 0.33, textures.wheel());
        return shape;
    }

    static DetailedCarShape lorry(SplittableRandom random) {
        var shape = new DetailedCarShape(new Vector3(7.2, 2.4, 3.3));
        var textures = new CarTextures(COLOURS[random.nextInt(COLOURS.length)], random.nextLong());
        var chassis = textures.chassisSkin();
        shape.add(new Slab(-3.5, 3.5, 1.0, 0.5, 0.95), new Slab(-3.5, 3.5, 1.0, 0, 0), chassis);
        shape.add(new Slab(1.7, 3.6, 1.15, 0.45, 1.4), new Slab(1.7, 3.6, 1.15, 0, 0), textures.lowerSkin());
        shape.add(new Slab(1.7, 3.6, 1.15, 1.4, 2.5), new Slab(1.75, 3.3, 1.1, 0, 0), textures.cabinSkin());
        shape.add(new Slab(-3.6, 1.55, 1.2, 0.95, 3.3), new Slab(-3.6, 1.55, 1.2, 0, 0), textures.cargoSkin());
        shape.addWheels(2.6, -2.4, 0.48, textures.wheel());
        return shape;
    }

    /// A layer of the body: from `back` to `front`, `halfWidth` to each side, between two heights (of its upper edge
    /// only the first three count).
    private record Slab(double back, double front, double halfWidth, double bottom, double top) {}

    /// The textures of the sides of a layer.
    record Skin(Texture side, Texture front, Texture back, Texture top) {}

    private void add(Slab low, Slab high, Skin skin) {
        var a = new Vector3(low.back(), -low.halfWidth(), low.bottom());
        var b = new Vector3(low.front(), -low.halfWidth(), low.bottom());
        var c = new Vector3(low.front(), low.halfWidth(), low.bottom());
        var d = new Vector3(low.back(), low.halfWidth(), low.bottom());
        var e = new Vector3(high.back(), -high.halfWidth(), low.top());
        var f = new Vector3(high.front(), -high.halfWidth(), low.top());
        var g = new Vector3(high.front(), high.halfWidth(), low.top());
        var h = new Vector3(high.back(), high.halfWidth(), low.top());
        faces.add(Face.fitted(skin.side(), a, b, f, e));
        faces.add(Face.fitted(skin.front(), b, c, g, f));
        faces.add(Face.fitted(skin.side(), c, d, h, g));
        faces.add(Face.fitted(skin.back(), d, a, e, h));
        faces.add(Face.fitted(skin.top(), e, f, g, h));
    }

    private void addWheels(double front, double back, double radius, Texture texture) {
        for (double x : new double[] {front, back}) {
            for (int side : new int[] {-1, 1}) {
                List<Vector3> rim = new ArrayList<>();
                for (int i = 0; i < WHEEL_CORNERS; i++) {
                    double angle = -side * 2 * Math.PI * i / WHEEL_CORNERS;
                    rim.add(new Vector3(
                            x + radius * StrictMath.cos(angle),
                            side * (size.y() / 2 + 0.02),
                            radius * (1 + StrictMath.sin(angle))));
                }
                faces.add(Face.fitted(texture, rim));
            }
        }
    }

    @Override
    public List<Face> faces(double goneMetres) {
        return faces;
    }

    @Override
    public Vector3 sizeMetres() {
        return size;
    }
}
