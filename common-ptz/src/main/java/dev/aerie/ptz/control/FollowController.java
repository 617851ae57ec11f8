package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.util.Optional;

/// Keeps one target in view with one camera: observations in, speeds out. Used by one thread, in any time that goes
/// forward; [#step] is called 10 to 30 times a second.
///
/// A command acts after the camera's dead time only, and a frame shows the past. The controller therefore compares
/// where
/// the target will be with where the camera will be at the moment when the next command takes effect: the camera by a
/// model that knows every command on its way (a Smith predictor), the target by a filter in angles of the world. It
/// commands the target's own speed, and of the error only what neither foretold. A model predictive controller would
/// need the same two predictions; with one input per axis and limits that a braking curve keeps, its optimum would cost
/// more and give this command.
///
/// Sources: O. Smith, Closer Control of Loops with Dead Time, Chemical Engineering Progress 53, 1957; `docs/ptz.md`.
public final class FollowController {

    private final Lens lens;
    private final CameraDynamics dynamics;
    private final FollowConfig config;
    private final CameraMotionModel model;
    private final TargetFilter target;
    private final PositionReports reports;
    private final FollowStates states;
    private final CommandPacer pacer;
    private final ZoomRule zoomRule = new ZoomRule();
    private final AxisRule panRule = new AxisRule();
    private final AxisRule tiltRule = new AxisRule();
    private Framing framing = Framing.CENTRED;
    private Optional<SearchPattern> search = Optional.empty();

    /// - `capabilities`: the ranges of the camera
    /// - `dynamics`: what is known of its motors
    public FollowController(
            Lens lens,
            PtzCapabilities capabilities,
            CameraDynamics dynamics,
            FollowConfig config,
            FollowEvents events) {
        this.lens = lens;
        this.dynamics = dynamics;
        this.config = config;
        model = new CameraMotionModel(dynamics, capabilities);
        target = new TargetFilter(lens, config, dynamics, events);
        reports = new PositionReports(model, target);
        states = new FollowStates(config, events);
        pacer = new CommandPacer(dynamics, config);
    }

    /// How the target is to stand in the frame from now on.
    public void frame(Framing wanted) {
        framing = wanted;
    }

    /// The target was seen. Returns whether it is believed: an observation far from where the target can be is not,
    /// unless others confirm it.
    public boolean observe(TargetObservation observation) {
        long capture = observation.captureTimeNanos();
        model.advanceTo(Math.max(capture, states.nowNanos()));
        if (states.isLooking()) {
            target.forget();
        }
        boolean believed = target.observe(observation, model.positionAt(capture), model.velocityAt(capture));
        if (believed) {
            states.seen(capture);
        }
        return believed;
    }

    /// The camera said where it was.
    ///
    /// - `nanos`: when it was there, as well as that is known
    public void report(long nanos, PtzPosition position) {
        model.advanceTo(Math.max(nanos, states.nowNanos()));
        reports.report(nanos, position);
    }

    /// The image showed that the camera turned between two frames; keeps the model right for a camera that reports no
    /// position.
    public void turned(ImageTurn turn) {
        model.advanceTo(Math.max(turn.toNanos(), states.nowNanos()));
        PtzPosition from = model.positionAt(turn.fromNanos());
        PtzPosition to = model.positionAt(turn.toNanos());
        model.correct(
                ImageTurn.TRUST * (turn.panDegrees() - (to.panDegrees() - from.panDegrees())),
                ImageTurn.TRUST * (turn.tiltDegrees() - (to.tiltDegrees() - from.tiltDegrees())));
    }

    /// Someone else, an operator say, sent the camera a command.
    public void commanded(long nowNanos, PtzVelocity velocity, Duration lifetime) {
        model.commanded(nowNanos, velocity, lifetime);
        pacer.sentByOthers(nowNanos, velocity);
    }

    /// Forgets the target; the next step stops the camera.
    public void release() {
        target.forget();
        search = Optional.empty();
        states.release();
    }

    /// Returns the command to send now, for [#commandLifetime]; empty if the camera does the right thing already. The
    /// controller counts on it being sent.
    ///
    /// - `nowNanos`: Unix time, not before that of the last call
    public Optional<PtzVelocity> step(long nowNanos) {
        model.advanceTo(nowNanos);
        long effectNanos = nowNanos + Math.round(dynamics.deadTimeSeconds() * 1e9);
        PtzPosition camera = model.positionAt(effectNanos);
        FollowState state = states.advance(nowNanos, placeAt(nowNanos));
        if (state == FollowState.LOST) {
            target.forget();
        }
        PtzVelocity wanted = switch (state) {
            case IDLE, LOST -> rest();
            case ACQUIRING, HOLDING, PREDICTING -> following(nowNanos, effectNanos, camera, state);
            case SEARCHING -> searching(effectNanos, camera);
        };
        Optional<PtzVelocity> command = pacer.next(nowNanos, wanted, lens.hfovDegrees(camera.zoom()));
        command.ifPresent(velocity -> model.commanded(nowNanos, velocity, commandLifetime()));
        return command;
    }

    /// For how long a command of [#step] moves the camera.
    public Duration commandLifetime() {
        return Duration.ofNanos(Math.round(config.commandSeconds() * 1e9));
    }

    public FollowState state() {
        return states.state();
    }

    /// Where the target is believed to be at a time; empty without one.
    public Optional<TargetEstimate> estimate(long nanos) {
        return target.at(nanos);
    }

    /// Where the camera is believed to point at a time, up to the dead time ahead of the last step.
    public PtzPosition camera(long nanos) {
        return model.positionAt(nanos);
    }

    /// Where the target is expected in a frame; empty without a target, or when it is behind the camera.
    public Optional<ImagePoint> placeAt(long captureNanos) {
        return target.at(captureNanos)
                .flatMap(estimate -> lens.pointOf(estimate.direction(), model.positionAt(captureNanos)));
    }

    private PtzVelocity rest() {
        search = Optional.empty();
        panRule.rest();
        tiltRule.rest();
        return PtzVelocity.ZERO;
    }

    private PtzVelocity following(long nowNanos, long effectNanos, PtzPosition camera, FollowState state) {
        search = Optional.empty();
        TargetEstimate then = target.at(effectNanos).orElseThrow();
        TargetEstimate held = target.at(effectNanos + Math.round(0.5e9 / dynamics.maxCommandsPerSecond()))
                .orElseThrow();
        double share = then.sizeTangent() / lens.halfWidthTangent(camera.zoom());
        PtzVelocity turning = turning(then.direction(), held, camera, share);
        double zoomRate = framing.zooms()
                ? lens.pointOf(then.direction(), camera)
                        .map(place -> zoomRule.rate(nowNanos, framing, share, place, state == FollowState.HOLDING))
                        .orElse(0.0)
                : 0;
        return new PtzVelocity(turning.panDegreesPerSecond(), turning.tiltDegreesPerSecond(), zoomRate);
    }

    private PtzVelocity searching(long effectNanos, PtzPosition camera) {
        double field = lens.hfovDegrees(camera.zoom());
        SearchPattern pattern =
                search.orElseGet(() -> SearchPattern.from(target.at(effectNanos).orElseThrow(), field));
        search = Optional.of(pattern);
        Direction from = pattern.at(effectNanos);
        Direction to = pattern.at(effectNanos + 100_000_000);
        var moving = new TargetEstimate(
                effectNanos,
                from,
                10 * (to.panDegrees() - from.panDegrees()),
                10 * (to.tiltDegrees() - from.tiltDegrees()),
                0);
        PtzVelocity turning = turning(from, moving, camera, 0);
        return new PtzVelocity(
                turning.panDegreesPerSecond(),
                turning.tiltDegreesPerSecond(),
                framing.zooms() ? -SearchPattern.ZOOM_OUT_PER_SECOND : 0);
    }

    private PtzVelocity turning(Direction goal, TargetEstimate moving, PtzPosition camera, double share) {
        double halfWidth = lens.halfWidthTangent(camera.zoom());
        double halfHeight = lens.halfHeightTangent(camera.zoom());
        double level = Math.max(0.1, Math.cos(Math.toRadians(camera.tiltDegrees())));
        double panPlace = degrees(framing.place().x() * halfWidth) / level;
        double tiltPlace = degrees(framing.place().y() * halfHeight);
        double zone = config.deadZone() + config.deadZoneOfTarget() * Math.min(share, 1);
        double rest = config.restShare() * lens.hfovDegrees(camera.zoom());
        double pan = panRule.speed(
                goal.panDegrees() - panPlace - camera.panDegrees(),
                moving.panDegreesPerSecond(),
                degrees(zone * halfWidth) / level,
                rest / level,
                gain(),
                config.acceleration(dynamics.pan().acceleration(), dynamics.settleSeconds()));
        double tilt = tiltRule.speed(
                goal.tiltDegrees() - tiltPlace - camera.tiltDegrees(),
                moving.tiltDegreesPerSecond(),
                degrees(zone * halfHeight),
                rest,
                gain(),
                config.acceleration(dynamics.tilt().acceleration(), dynamics.settleSeconds()));
        return new PtzVelocity(pan, tilt, 0);
    }

    /// The dead time itself costs little gain, since it is foretold; its error, the time between commands and a head
    /// that swings do.
    private double gain() {
        double unknownSeconds = 0.05
                + config.unknownShareOfDeadTime() * dynamics.deadTimeSeconds()
                + 0.5 / dynamics.maxCommandsPerSecond()
                + dynamics.settleSeconds();
        return Math.min(config.gainPerSecond(), config.gainMargin() / unknownSeconds);
    }

    private static double degrees(double tangent) {
        return Math.toDegrees(Math.atan(tangent));
    }
}
