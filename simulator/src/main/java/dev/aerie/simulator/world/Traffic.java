package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.FlightPath;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The pedestrians and cars of the town.
final class Traffic {

    private static final double PAVEMENT_PATH_METRES = 23.6;
    private static final double LANE_METRES = 27.5;
    private static final int PLAZA_WALKERS = 10;
    private static final double TWIN_HALF_METRES = 3.4;

    private final SplittableRandom random;
    private final List<Body> bodies = new ArrayList<>();

    Traffic(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// People on the pavements and cars in the right-hand lanes of the nine blocks round the origin, some parked.
    List<Body> ofTown() {
        for (int i = -2; i <= 1; i++) {
            for (int j = -2; j <= 1; j++) {
                var centre = new Vector3((i + 0.5) * Town.PITCH_METRES, (j + 0.5) * Town.PITCH_METRES, 0);
                for (int person = 0; person < 4; person++) {
                    add("person", walk(centre), new PersonShape(random));
                }
                add("car", drive(centre), CarShape.car(random));
                if (random.nextBoolean()) {
                    add("truck", drive(centre), CarShape.van(random));
                }
                add("car", parked(centre), CarShape.car(random));
            }
        }
        return List.copyOf(bodies);
    }

    /// People and cars close in front of the camera, which fill a third of its frame.
    List<Body> ofCrowd(FlightPath camera) {
        for (int i = 0; i < 14; i++) {
            double ahead = random.nextDouble(4.2, 7);
            double side = (i / 13.0 - 0.5) * ahead * 1.1;
            add("person", escort(camera, ahead, side, 0.9, 0.12), new PersonShape(random));
        }
        for (int i = 0; i < 4; i++) {
            double side = (i - 1.5) * 3.2;
            var shape = i % 2 == 0 ? CarShape.van(random) : CarShape.car(random);
            add(i % 2 == 0 ? "truck" : "car", escort(camera, 11 + 2.5 * (i % 2), side, 2.5, 0.05), shape);
        }
        return List.copyOf(bodies);
    }

    /// Many people on the pavements, cars and lorries on the streets round one block and its neighbours, all of them
    /// detailed enough for close views.
    List<Body> ofPatrol(double centreX, double centreY) {
        for (int i = -1; i <= 1; i++) {
            for (int j = -1; j <= 1; j++) {
                var centre = new Vector3(centreX + i * Town.PITCH_METRES, centreY + j * Town.PITCH_METRES, 0);
                for (int person = 0; person < 11; person++) {
                    add("person", walk(centre), new DetailedPersonShape(random));
                }
                for (int car = 0; car < 3; car++) {
                    add("car", drive(centre), DetailedCarShape.car(random));
                }
                add("truck", drive(centre), DetailedCarShape.lorry(random));
            }
        }
        return List.copyOf(bodies);
    }

    /// Ten people who walk to and fro along the street through the origin, in lanes of their own, so that they meet and
    /// overtake; cars in both lanes of that street, and parked ones.
    List<Body> ofPlaza() {
        for (int person = 0; person < PLAZA_WALKERS; person++) {
            add("person", shuttle(person), new DetailedPersonShape(random));
        }
        for (int i = -1; i <= 0; i++) {
            for (int j = -1; j <= 0; j++) {
                var centre = new Vector3((i + 0.5) * Town.PITCH_METRES, (j + 0.5) * Town.PITCH_METRES, 0);
                add("car", drive(centre), DetailedCarShape.car(random));
            }
        }
        return List.copyOf(bodies);
    }

    /// Two people in the same clothes who cross the street in opposite directions, the one half a metre to a metre
    /// behind the other, and meet in its middle after about one and a half seconds.
    ///
    /// - `cameraX`: of the camera, which looks east
    List<Body> ofTwins(double cameraX) {
        long clothes = random.nextLong();
        double nearer = cameraX + random.nextDouble(5.5, 7.5);
        double farther = nearer + random.nextDouble(0.5, 1);
        double side = random.nextBoolean() ? 1 : -1;
        add("person", crossing(nearer, side), new DetailedPersonShape(new SplittableRandom(clothes)));
        add("person", crossing(farther, -side), new DetailedPersonShape(new SplittableRandom(clothes)));
        return List.copyOf(bodies);
    }

    /// Begins a little after the turn.
    private Motion crossing(double x, double side) {
        return new Motion.Shuttle(
                new Vector3(x, side * TWIN_HALF_METRES, 0),
                new Vector3(x, -side * TWIN_HALF_METRES, 0),
                random.nextDouble(0.9, 1.2),
                random.nextDouble(1.2, 1.6));
    }

    /// Lanes lie on both pavements, and at their edges.
    private Motion shuttle(int person) {
        double side = person % 2 == 0 ? 1 : -1;
        int number = person / 2;
        double lane = side * (5.2 + 0.45 * number + random.nextDouble(-0.1, 0.1));
        double half = random.nextDouble(20, 27);
        return new Motion.Shuttle(
                new Vector3(-half, lane, 0),
                new Vector3(half, lane, 0),
                random.nextDouble(4 * half),
                random.nextDouble(1.1, 1.8));
    }

    private Motion walk(Vector3 centre) {
        double speed = random.nextDouble(1.1, 1.7);
        double inset = random.nextDouble(-0.6, 0.6);
        return new Motion.RoundTheBlock(
                centre, PAVEMENT_PATH_METRES + inset, 1.5, random.nextBoolean(), random.nextDouble(180), speed);
    }

    private Motion drive(Vector3 centre) {
        return new Motion.RoundTheBlock(centre, LANE_METRES, 4, true, random.nextDouble(200), random.nextDouble(4, 8));
    }

    private Motion parked(Vector3 centre) {
        double along = random.nextDouble(-15, 15);
        return new Motion.Parked(centre.plus(new Vector3(along, 25.8, 0)), random.nextBoolean() ? 0 : Math.PI);
    }

    private Motion escort(FlightPath camera, double ahead, double side, double sway, double turnsPerSecond) {
        return new Motion.Escort(camera, ahead, side, sway, turnsPerSecond, random.nextDouble(2 * Math.PI));
    }

    private void add(String label, Motion motion, BodyShape shape) {
        bodies.add(new Body(bodies.size() + 1, label, motion, shape));
    }
}
