package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.geometry.Spline;
import java.util.List;
import java.util.Locale;

/// The scenarios; each gives the same scene for the same seed.
public enum Scenario {
    /// A round of 540 m through the town, weaving, at 6 m/s.
    TOWN,
    /// Round one block of 60 m, flown twice (and on) at 8 m/s: the second round sees the first again.
    LOOP,
    /// A winding round with turns of 90° taken sharply, at 5 m/s.
    TURNS,
    /// Rotation on the spot at 15°/s: no parallax.
    ROTATION,
    /// The town, with the light gone from 8 s to 12 s.
    DARK,
    /// Slowly along a street behind people and cars that fill a third of the frame.
    CROWD,
    /// 480 m due east at 6 m/s, level.
    STRAIGHT,
    /// Round one block of 60 m, between 1 and 11 m/s: braking hard before each corner.
    SPEEDS,
    /// Along a street, with a halt to look 45° left and right on the spot: rotation without parallax amid a flight.
    PIVOT,
    /// To and fro across a street, with the light gone from 8 s to 11 s: the view afterwards was seen before.
    BLACKOUT,
    /// Round one block low over its streets, stopping to look: people and cars close enough to be recognised.
    PATROL,
    /// A street on which ten people walk to and fro and cars pass; the camera stands over it. For PTZ cameras, see
    /// `dev.aerie.simulator.ptz`.
    PLAZA,
    /// A camera that stands still while others walk and drive past.
    STILL,
    /// Round 16 blocks of a town whose streets are all alike, 960 m at 8 m/s: no street twice before the round is
    /// over.
    LIKE_STREETS,
    /// Two people in the same clothes who walk past each other before a camera that stands still: the nearer hides the
    /// farther for a moment.
    TWINS;

    private static final double PITCH = 0.24;
    private static final double SPOT_X_METRES = -22;

    /// The name on the command line.
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Builds the world and the flight; takes about a second.
    public Scene scene(long seed) {
        return switch (this) {
            case TOWN -> town(seed, Exposure.DAYLIGHT);
            case DARK -> town(seed, Exposure.darkBetween(8, 12));
            case LOOP -> {
                var flight = square(6, 8, 0, 0, 60, 60);
                yield scene(seed, flight.round(6, 0.5, PITCH), 2 * flight.seconds());
            }
            case TURNS -> turns(seed);
            case ROTATION -> rotation(seed);
            case CROWD -> crowd(seed);
            case STRAIGHT -> {
                var flight = new Flight(6, 6).leg(-240, 0, 240, 0);
                yield scene(seed, flight.oneWay(6, PITCH), flight.seconds());
            }
            case SPEEDS -> {
                var flight = square(4, 6, 0, 0, 60, 60).braking(0.8, 4);
                yield scene(seed, flight.round(6, 0.3, PITCH), flight.seconds());
            }
            case PIVOT -> pivot(seed);
            case BLACKOUT -> blackout(seed);
            case PATROL -> patrol(seed);
            case PLAZA -> plaza(seed);
            case STILL -> scene(seed, hovering(Spline.constant(SPOT_X_METRES), Spline.constant(0)), 20);
            case LIKE_STREETS -> likeStreets(seed);
            case TWINS -> twins(seed);
        };
    }

    private static Scene town(long seed, Exposure exposure) {
        var flight = square(6, 6, -60, -60, 120, 60);
        var world = new Town(seed).build(new Traffic(seed).ofTown());
        return new Scene(world, flight.round(6.5, 1, PITCH), exposure, flight.seconds());
    }

    private static Scene turns(long seed) {
        var flight = new Flight(2.5, 5)
                .leg(0, 0, 60, 0)
                .leg(60, 0, 60, 60)
                .leg(60, 60, 120, 60)
                .leg(120, 60, 120, -60)
                .leg(120, -60, 0, -60)
                .leg(0, -60, 0, 0);
        return scene(seed, flight.round(6, 0.3, PITCH), flight.seconds());
    }

    private static Scene rotation(long seed) {
        double knotSeconds = 2;
        double[] yaw = new double[12];
        double[] pitch = new double[12];
        for (int i = 0; i < yaw.length; i++) {
            yaw[i] = 2 * Math.PI * i / yaw.length;
            pitch[i] = 0.2 + 0.1 * StrictMath.sin(2 * yaw[i]);
        }
        var trajectory = new FlightPath(
                Spline.constant(1),
                Spline.constant(1.5),
                Spline.constant(6),
                Spline.closed(yaw, knotSeconds, 2 * Math.PI),
                Spline.closed(pitch, knotSeconds, 0),
                Spline.constant(0));
        return scene(seed, trajectory, yaw.length * knotSeconds);
    }

    private static Scene crowd(long seed) {
        var flight = square(4, 1.2, 0, 0, 120, 60);
        var trajectory = flight.round(2.2, 0.2, 0.1);
        var world = new Town(seed).build(new Traffic(seed).ofCrowd(trajectory));
        return new Scene(world, trajectory, Exposure.DAYLIGHT, flight.seconds());
    }

    private static Scene pivot(long seed) {
        double knotSeconds = 0.5;
        var x = new KnotList(-60).ramp(10, -36).hold(19).ramp(10, -12);
        var yaw = new KnotList(0)
                .hold(12)
                .ramp(3, Math.PI / 4)
                .hold(1)
                .ramp(5, -Math.PI / 4)
                .hold(1)
                .ramp(3, 0)
                .hold(14);
        var trajectory = hovering(x.open(knotSeconds), yaw.open(knotSeconds));
        return scene(seed, trajectory, x.count() * knotSeconds);
    }

    private static Scene blackout(long seed) {
        double knotSeconds = 0.5;
        double[][] controls = new double[3][16];
        for (int i = 0; i < controls[0].length; i++) {
            double phase = 2 * Math.PI * i / controls[0].length;
            controls[0][i] = SPOT_X_METRES + 2 * StrictMath.cos(phase);
            controls[1][i] = 3 * StrictMath.sin(phase);
            controls[2][i] = 5 + 0.5 * StrictMath.sin(2 * phase);
        }
        var trajectory = new FlightPath(
                Spline.closed(controls[0], knotSeconds, 0),
                Spline.closed(controls[1], knotSeconds, 0),
                Spline.closed(controls[2], knotSeconds, 0),
                Spline.constant(0),
                Spline.constant(0.1),
                Spline.constant(0));
        var world = new Town(seed).build(new Traffic(seed).ofTown());
        return new Scene(world, trajectory, Exposure.darkBetween(8, 11), 24);
    }

    private static Scene patrol(long seed) {
        double centre = Town.PITCH_METRES / 2;
        var patrol = new Patrol(centre, centre, Town.PITCH_METRES / 2, 7, 16, 6, 6);
        var world = new Town(seed).build(new Traffic(seed).ofPatrol(centre, centre));
        return new Scene(world, patrol.flight(4, 0.17), Exposure.DAYLIGHT, patrol.seconds());
    }

    private static Scene plaza(long seed) {
        var world = new Town(seed).build(new Traffic(seed).ofPlaza());
        return new Scene(world, hovering(Spline.constant(SPOT_X_METRES), Spline.constant(0)), Exposure.DAYLIGHT, 60);
    }

    private static Scene likeStreets(long seed) {
        double reach = 2 * Town.PITCH_METRES;
        var flight = square(6, 8, -reach, -reach, reach, reach);
        var world = Town.ofLikeStreets(seed).build(new Traffic(seed).ofTown());
        return new Scene(world, flight.round(6, 0.5, PITCH), Exposure.DAYLIGHT, flight.seconds());
    }

    private static Scene twins(long seed) {
        var world = new Town(seed).build(new Traffic(seed).ofTwins(SPOT_X_METRES));
        var level = Spline.constant(0);
        var camera = new FlightPath(
                Spline.constant(SPOT_X_METRES), level, Spline.constant(2.5), level, Spline.constant(0.15), level);
        return new Scene(world, camera, Exposure.DAYLIGHT, 3);
    }

    /// Level above the middle of the street through the origin, 5 m up.
    private static FlightPath hovering(Spline x, Spline yaw) {
        return new FlightPath(
                x, Spline.constant(0), Spline.constant(5), yaw, Spline.constant(0.15), Spline.constant(0));
    }

    private static Scene scene(long seed, FlightPath trajectory, double seconds) {
        var world = new Town(seed).build(new Traffic(seed).ofTown());
        return new Scene(world, trajectory, Exposure.DAYLIGHT, seconds);
    }

    private static Flight square(
            double stepMetres, double metresPerSecond, double left, double bottom, double right, double top) {
        return new Flight(stepMetres, metresPerSecond)
                .leg(left, bottom, right, bottom)
                .leg(right, bottom, right, top)
                .leg(right, top, left, top)
                .leg(left, top, left, bottom);
    }

    /// The names on the command line, for messages.
    public static List<String> optionNames() {
        return List.of(values()).stream().map(Scenario::optionName).toList();
    }
}
