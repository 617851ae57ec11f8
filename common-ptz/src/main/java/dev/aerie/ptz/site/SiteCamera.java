package dev.aerie.ptz.site;

import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import java.util.Optional;

/// A camera of the site: relates points of its image, directions and points of the site.
public record SiteCamera(String name, MountingPose mounting, Lens lens, Reach reach) {

    private static final double TURN_DEGREES = 360;

    /// Where the ray through a point of the image meets the ground; empty where it rises or runs level.
    ///
    /// - `camera`: where the camera pointed when the frame was taken
    /// - `groundUpMetres`: height of the ground, which is a level plane
    public Optional<EastNorthUp> groundAt(ImagePoint point, PtzPosition camera, double groundUpMetres) {
        var way = mounting.towards(lens.directionOf(point, camera));
        double drop = mounting.upMetres() - groundUpMetres;
        if (way.upMetres() >= -1e-6 || drop <= 0) {
            return Optional.empty();
        }
        var ground = mounting.position().plus(way.times(-drop / way.upMetres()));
        return Optional.of(ground.at(groundUpMetres));
    }

    /// Where in the image a point of the site is shown, also outside of the frame; empty behind the camera.
    public Optional<ImagePoint> imageOf(EastNorthUp point, PtzPosition camera) {
        return lens.pointOf(mounting.directionTo(point), camera);
    }

    /// Whether the camera can be pointed at something that stands on the ground here.
    public boolean reaches(EastNorthUp foot) {
        double distance = groundDistanceTo(foot);
        var direction = mounting.directionTo(foot);
        return distance >= reach.minDistanceMetres()
                && distance <= reach.maxDistanceMetres()
                && panInRange(direction.panDegrees(), 0).isPresent()
                && reach.tiltDegrees().contains(direction.tiltDegrees());
    }

    /// From the camera's foot.
    public double groundDistanceTo(EastNorthUp point) {
        return Math.hypot(point.eastMetres() - mounting.eastMetres(), point.northMetres() - mounting.northMetres());
    }

    /// How the camera must point to show something that stands on the ground, in the middle of the frame; clamped to
    /// its reach.
    ///
    /// - `heightMetres`: of the thing
    /// - `heightShare`: of the frame that it is to fill, 0..1
    /// - `now`: where the camera points; of two ways round it takes the shorter
    public PtzPosition positionFor(EastNorthUp foot, double heightMetres, double heightShare, PtzPosition now) {
        var bottom = mounting.directionTo(foot);
        var middle = mounting.directionTo(foot.plus(new EastNorthUp(0, 0, heightMetres / 2)));
        var top = mounting.directionTo(foot.plus(new EastNorthUp(0, 0, heightMetres)));
        double halfAngle = Math.toRadians(Math.max(0.01, bottom.angleTo(top) / 2));
        double halfWidthTangent = Math.tan(halfAngle) / Math.clamp(heightShare, 0.01, 1) * lens.aspect();
        double pan = panInRange(middle.panDegrees(), now.panDegrees())
                .orElseGet(() -> reach.panDegrees().clamp(nearestTurn(middle.panDegrees(), now.panDegrees())));
        return new PtzPosition(
                pan,
                reach.tiltDegrees().clamp(middle.tiltDegrees()),
                reach.zoom().clamp(lens.zoomOf(halfWidthTangent)));
    }

    /// The direction turned by whole turns so that it lies in the range, nearest to `near`; empty if none does.
    private Optional<Double> panInRange(double panDegrees, double near) {
        PtzRange range = reach.panDegrees();
        double first = panDegrees + TURN_DEGREES * Math.ceil((range.min() - panDegrees) / TURN_DEGREES);
        Optional<Double> best = Optional.empty();
        for (double pan = first; pan <= range.max(); pan += TURN_DEGREES) {
            if (best.isEmpty() || Math.abs(pan - near) < Math.abs(best.get() - near)) {
                best = Optional.of(pan);
            }
        }
        return best;
    }

    private static double nearestTurn(double panDegrees, double near) {
        return panDegrees + TURN_DEGREES * Math.rint((near - panDegrees) / TURN_DEGREES);
    }

    /// The direction in which the camera sees a point.
    public Direction directionTo(EastNorthUp point) {
        return mounting.directionTo(point);
    }
}
