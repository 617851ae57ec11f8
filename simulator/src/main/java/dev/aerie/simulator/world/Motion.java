package dev.aerie.simulator.world;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.FlightPath;

/// The position of a body on the ground at a time, and the distance travelled.
sealed interface Motion {

    RigidTransform worldFromBody(double seconds);

    double goneMetres(double seconds);

    /// Stands still, facing `headingRadians` (0 is east, counter-clockwise).
    record Parked(Vector3 place, double headingRadians) implements Motion {
        @Override
        public RigidTransform worldFromBody(double seconds) {
            return new RigidTransform(Rotation.aboutZ(headingRadians), place);
        }

        @Override
        public double goneMetres(double seconds) {
            return 0;
        }
    }

    /// Round a square block with round corners, at an even speed.
    ///
    /// - `halfSideMetres`: from the block's centre to the path; `cornerMetres` is the radius of its corners
    record RoundTheBlock(
            Vector3 centre,
            double halfSideMetres,
            double cornerMetres,
            boolean clockwise,
            double startMetres,
            double metresPerSecond)
            implements Motion {

        @Override
        public double goneMetres(double seconds) {
            return startMetres + metresPerSecond * seconds;
        }

        @Override
        public RigidTransform worldFromBody(double seconds) {
            double straight = 2 * (halfSideMetres - cornerMetres);
            double side = straight + cornerMetres * Math.PI / 2;
            double gone = goneMetres(seconds);
            double sides = Math.floor(gone / side);
            double along = gone - sides * side;
            double inner = halfSideMetres - cornerMetres;
            double turned = Math.max(0, along - straight) / cornerMetres;
            var onSide = new Vector3(
                    inner + cornerMetres * StrictMath.cos(turned),
                    Math.min(along, straight) - inner + cornerMetres * StrictMath.sin(turned),
                    0);
            double quarter = Math.floorMod((long) sides, 4L) * Math.PI / 2;
            var place = Rotation.aboutZ(quarter).apply(onSide);
            double heading = Math.PI / 2 + turned + quarter;
            if (clockwise) {
                place = new Vector3(-place.x(), place.y(), 0);
                heading = Math.PI - heading;
            }
            return new RigidTransform(Rotation.aboutZ(heading), centre.plus(place));
        }
    }

    /// To and fro between two points, at an even speed; turns on the spot within half a second.
    ///
    /// - `startMetres`: how far along the way there and back it is at time 0
    record Shuttle(Vector3 from, Vector3 to, double startMetres, double metresPerSecond) implements Motion {

        private static final double TURN_SECONDS = 0.5;

        @Override
        public double goneMetres(double seconds) {
            return startMetres + metresPerSecond * seconds;
        }

        @Override
        public RigidTransform worldFromBody(double seconds) {
            var way = to.minus(from);
            double length = way.length();
            double gone = goneMetres(seconds);
            double round = gone - 2 * length * Math.floor(gone / (2 * length));
            boolean isReturning = round > length;
            double along = isReturning ? 2 * length - round : round;
            double sinceTurn = (isReturning ? round - length : round) / metresPerSecond;
            double turned = Math.PI * Math.min(1, sinceTurn / TURN_SECONDS) + (isReturning ? 0 : Math.PI);
            double heading = StrictMath.atan2(way.y(), way.x()) + turned;
            return new RigidTransform(Rotation.aboutZ(heading), from.plus(way.times(along / length)));
        }
    }

    /// Keeps ahead of the camera, circling on its own ellipse.
    record Escort(
            FlightPath camera,
            double aheadMetres,
            double sideMetres,
            double swayMetres,
            double turnsPerSecond,
            double phaseRadians)
            implements Motion {

        @Override
        public double goneMetres(double seconds) {
            return 1.4 * seconds;
        }

        @Override
        public RigidTransform worldFromBody(double seconds) {
            var now = place(seconds);
            var onward = place(seconds + 0.02).minus(now);
            return new RigidTransform(Rotation.aboutZ(StrictMath.atan2(onward.y(), onward.x())), now);
        }

        private Vector3 place(double seconds) {
            double angle = phaseRadians + 2 * Math.PI * turnsPerSecond * seconds;
            var offset = new Vector3(
                    aheadMetres + 0.3 * swayMetres * StrictMath.sin(angle),
                    sideMetres + swayMetres * StrictMath.cos(angle),
                    0);
            var from = camera.position(seconds);
            return Rotation.aboutZ(camera.yaw().value(seconds)).apply(offset).plus(new Vector3(from.x(), from.y(), 0));
        }
    }
}
