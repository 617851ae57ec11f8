package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A car or a van: body, cabin, four wheels.
final class CarShape implements BodyShape {

    private static final int[] COLOURS = {0xB02820, 0x2858A0, 0xD8D8D8, 0x303438, 0xD0A020, 0x3C7848, 0x8890A0};
    private static final int WHEEL_CORNERS = 10;
    private static final double WHEEL_METRES = 0.32;

    private final Vector3 size;
    private final List<Face> faces;

    private CarShape(Vector3 size, List<Face> faces) {
        this.size = size;
        this.faces = List.copyOf(faces);
    }

    static CarShape car(SplittableRandom random) {
        return of(random, new Vector3(4.3, 1.8, 1.45), 0.62);
    }

    static CarShape van(SplittableRandom random) {
        return of(random, new Vector3(5.6, 2.1, 2.5), 0.45);
    }

    /// - `belt`: height of the windows' lower edge as a fraction of the whole
    private static CarShape of(SplittableRandom random, Vector3 size, double belt) {
        long seed = random.nextLong();
        var paint = BodyTextures.paint(COLOURS[random.nextInt(COLOURS.length)], seed);
        var glass = BodyTextures.glass(seed + 1);
        double x = size.x() / 2;
        double y = size.y() / 2;
        double z = belt * size.z();
        List<Face> faces = new ArrayList<>(
                Solids.tapered(new Vector3(-x, -y, 0.25), new Vector3(x, y, z), 0.06, 0.03, paint, paint, paint));
        boolean isVan = size.z() > 2;
        var cabinLow = new Vector3(isVan ? -x + 0.1 : -x * 0.72, -y + 0.06, z);
        var cabinHigh = new Vector3(isVan ? x - 0.3 : x * 0.45, y - 0.06, size.z());
        faces.addAll(
                Solids.tapered(cabinLow, cabinHigh, isVan ? 0.15 : 0.5, 0.14, glass, isVan ? paint : glass, paint));
        addWheels(faces, size, BodyTextures.rubber(seed + 2));
        return new CarShape(size, faces);
    }

    private static void addWheels(List<Face> faces, Vector3 size, Texture rubber) {
        for (double x : new double[] {-0.3 * size.x(), 0.31 * size.x()}) {
            for (int side : new int[] {-1, 1}) {
                List<Vector3> rim = new ArrayList<>();
                for (int i = 0; i < WHEEL_CORNERS; i++) {
                    double angle = -side * 2 * Math.PI * i / WHEEL_CORNERS;
                    rim.add(new Vector3(
                            x + WHEEL_METRES * StrictMath.cos(angle),
                            side * (size.y() / 2 + 0.02),
                            WHEEL_METRES * (1 + StrictMath.sin(angle))));
                }
                faces.add(Face.fitted(rubber, rim));
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
