package dev.aerie.benchmarks.handoff;

import dev.aerie.ptz.aim.Aim;
import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimFrame;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.FramingRule;
import dev.aerie.ptz.aim.TargetChooser;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.handoff.CameraReport;
import dev.aerie.ptz.handoff.SeenTarget;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.SimulatedDevice;
import dev.aerie.ptz.site.SiteCamera;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// One camera of the site with its motors, its tracker and its target. Steered by a plain proportional rule: what is
/// judged here is who is followed, not how well.
final class WatchingCamera {

    private static final double PER_SECOND = 1.5;
    private static final double ZOOM_PER_SECOND = 0.4;
    private static final Duration COMMAND = Duration.ofMillis(500);

    private final SiteCamera camera;
    private final SimulatedDevice device;
    private final SimulatedTracker tracker;
    private final Optional<Appearances> appearances;
    private final TargetChooser chooser = new TargetChooser(AimConfig.DEFAULT.withFraming(new FramingRule(0.3, 0.6)));
    private OptionalLong followed = OptionalLong.empty();
    private List<SimulatedTracker.Seen> seen = List.of();

    WatchingCamera(
            SiteCamera camera,
            PtzPosition start,
            InstantSource clock,
            Optional<Appearances> appearances,
            SplittableRandom random) {
        this.camera = camera;
        this.device = new SimulatedDevice(Personalities.TYPICAL, start, clock, random.split());
        this.tracker = new SimulatedTracker(camera, random.split());
        this.appearances = appearances;
    }

    SiteCamera camera() {
        return camera;
    }

    /// Takes a frame, steers after the target, and tells what it saw.
    CameraReport look(List<Walker> walkers, double seconds) {
        var position = device.truePosition();
        var tracks = tracker.detect(walkers, position, seconds);
        seen = tracks.stream().filter(SimulatedTracker.Seen::isDetected).toList();
        var aim = chooser.choose(frame(tracks, position, seconds));
        aim.ifPresent(found -> followed = found.trackId());
        steer(aim, position);
        appearances.ifPresent(
                gallery -> seen.forEach(one -> gallery.see(identity(one.track().id()), one.walker())));
        return new CameraReport(
                camera.name(),
                nanos(seconds),
                device.position(),
                seen.stream().map(this::target).toList(),
                followed);
    }

    /// The chooser is told of hidden tracks too, as in ptz-service: while the tracker knows where the target is, nobody
    /// else is taken for it.
    private AimFrame frame(List<SimulatedTracker.Seen> tracks, PtzPosition position, double seconds) {
        var all = tracks.stream()
                .map(SimulatedTracker.Seen::track)
                .map(one -> AimTrack.of(one.id(), one.label(), one.score(), one.box(), one.state()))
                .toList();
        return new AimFrame(
                nanos(seconds), SimulatedTracker.WIDTH, SimulatedTracker.HEIGHT, all, position, camera.lens());
    }

    private SeenTarget target(SimulatedTracker.Seen one) {
        return new SeenTarget(
                one.track().id(),
                "person",
                one.foot(),
                appearances.map(_ -> identity(one.track().id())));
    }

    private String identity(long trackId) {
        return camera.name() + "/" + trackId;
    }

    private void steer(Optional<Aim> aim, PtzPosition position) {
        if (followed.isEmpty()) {
            return;
        }
        var velocity = aim.map(found -> {
            var target = camera.lens()
                    .directionOf(
                            new ImagePoint(
                                    found.observation().x(), found.observation().y()),
                            position);
            double zoom = Math.log(found.framing().zoomFactorFor(found.observation()));
            return new PtzVelocity(
                    PER_SECOND * (target.panDegrees() - position.panDegrees()),
                    PER_SECOND * (target.tiltDegrees() - position.tiltDegrees()),
                    ZOOM_PER_SECOND * zoom);
        });
        device.moveAt(velocity.orElse(PtzVelocity.ZERO), COMMAND);
    }

    void follow(long trackId) {
        followed = OptionalLong.of(trackId);
        chooser.use(new AimMode.FollowOne(new TargetSelector.ById(trackId)));
    }

    void release() {
        followed = OptionalLong.empty();
        chooser.use(new AimMode.Hold());
        device.stop();
    }

    void pointTo(PtzPosition position) {
        device.moveTo(position);
    }

    /// The track of a walker in the last frame.
    OptionalLong trackOf(int walker) {
        return seen.stream()
                .filter(one -> one.walker() == walker)
                .mapToLong(one -> one.track().id())
                .findFirst();
    }

    /// Whom a track of the last frame shows.
    OptionalInt walkerOf(long trackId) {
        return seen.stream()
                .filter(one -> one.track().id() == trackId)
                .mapToInt(SimulatedTracker.Seen::walker)
                .findFirst();
    }

    /// Whom it follows, as far as the last frame shows.
    OptionalInt followedWalker() {
        return followed.isPresent() ? walkerOf(followed.getAsLong()) : OptionalInt.empty();
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
