package dev.aerie.ptz.follow;

import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.ptz.aim.Aim;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.ptz.aim.TourStop;
import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.Origin;
import dev.aerie.ptz.control.FollowState;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.handoff.CameraReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one camera does by itself, as its mode says: follows, tours, or nothing. Does nothing while a person is in
/// control; without frames it stops.
///
/// Safe for several threads: frames come on the stream's, modes from people, [#tick] from a third.
public final class Steering {

    /// Without a frame for so long, the video is lost: what cannot be seen is not followed.
    static final Duration VIDEO_LOST_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

    private final SteeredCamera camera;
    private SteeringConfig config;
    private final InstantSource clock;
    private final PresetPatrol patrol;
    private final TargetEvents events;
    private final NeighbourDuty duty = new NeighbourDuty();
    private AimMode mode;
    private @Nullable FollowLoop loop;
    private @Nullable SeenFrame lastFrame;
    private boolean blind = true;
    private boolean resting = true;

    public Steering(SteeredCamera camera, SteeringConfig config, InstantSource clock) {
        this.camera = camera;
        this.config = config;
        this.clock = clock;
        this.mode = config.firstMode();
        this.patrol = new PresetPatrol(config.patrol(), mode);
        this.events = new TargetEvents(camera.events());
    }

    public SteeredCamera camera() {
        return camera;
    }

    /// What it visits when there is nobody to follow; empty for nothing.
    public List<TourStop> patrol() {
        return config.patrol();
    }

    public synchronized AimMode mode() {
        return mode;
    }

    /// What has become of the target; none in modes that follow nobody.
    public synchronized TargetStatus target() {
        return events.target();
    }

    /// What the controller does.
    public synchronized FollowState state() {
        return loop == null ? FollowState.IDLE : loop.state();
    }

    /// Does so from now on; forgets the target.
    public synchronized void use(AimMode newMode, @Nullable String operator) {
        mode = newMode;
        duty.end();
        patrol.use(newMode);
        events.forget();
        if (loop != null) {
            loop.use(newMode);
        }
        stop("the mode changed");
        LOG.info("mode changed camera={} mode={} operator={}", camera.name(), newMode.key(), operator);
        camera.events()
                .tell(Kind.MODE_CHANGED, draft -> draft.mode(newMode.key()).operator(operator));
    }

    /// The tracks of a new frame. What the camera saw, for its neighbours; empty as long as the camera has not said
    /// what it can do.
    public synchronized Optional<CameraReport> see(SeenFrame frame) {
        boolean isSameSize = lastFrame != null && lastFrame.size().equals(frame.size());
        lastFrame = frame;
        blind = false;
        if (loop == null || !isSameSize) {
            loop = camera.capabilities()
                    .map(known -> new FollowLoop(camera.name(), config, known, frame))
                    .orElse(null);
            if (loop == null) {
                return Optional.empty();
            }
            loop.use(duty.instead(mode));
        }
        loop.report(camera.status(), System.nanoTime(), unixNanos());
        SeenFrame own = frame.with(duty.own(frame.tracks(), frame.stamp().captureTimeNanos()));
        Optional<Aim> aim = loop.see(own, System.nanoTime(), unixNanos());
        aim.ifPresent(_ -> patrol.targetSeen());
        events.see(frame.stamp(), aim, loop.target());
        step(origin(frame, aim));
        return Optional.of(loop.toReport(camera.name(), own));
    }

    /// Whether its video flows.
    public synchronized boolean sees() {
        return !blind;
    }

    /// Steers by what the camera has measured of itself, from the next frame on.
    public synchronized void use(Calibration measured) {
        config = config.with(measured);
        loop = null;
        stop("the camera was calibrated");
    }

    /// Whether it takes targets from its neighbours and gives them its own: it follows one, sees, and nobody moves it.
    public synchronized boolean takesPart() {
        return mode instanceof AimMode.FollowOne && !blind && loop != null && camera.isFree();
    }

    /// Points to where a neighbour's target will arrive; chooses nobody meanwhile.
    public synchronized void await(PtzPosition position) {
        if (!duty.isWaiting()) {
            duty.await();
            applyDuty();
        }
        resting = true;
        camera.steer(new CameraCommand.MoveTo(position), new Origin.Service());
    }

    /// Follows a neighbour's target, by its track here, until it is lost.
    public synchronized void take(long trackId) {
        duty.take(trackId);
        applyDuty();
    }

    /// Leaves its target to a neighbour, and does not choose it again.
    public synchronized void give(long trackId) {
        long now = lastFrame == null ? 0 : lastFrame.stamp().captureTimeNanos();
        duty.give(trackId, mode, now);
        if (events.target() instanceof TargetStatus.Followed current) {
            duty.give(current.trackId(), mode, now);
        }
        applyDuty();
        stop("the target is a neighbour's");
    }

    /// Does as its mode says again, where it has waited in vain.
    public synchronized void waitNoMore() {
        if (duty.isWaiting()) {
            duty.end();
            applyDuty();
        }
    }

    private void applyDuty() {
        patrol.targetSeen();
        if (loop != null) {
            loop.use(duty.instead(mode));
        }
    }

    /// Goes on between frames; called 20 times a second.
    public synchronized void tick() {
        if (loop != null && lastFrame != null) {
            loop.report(camera.status(), System.nanoTime(), unixNanos());
            boolean isLate = System.nanoTime() - lastFrame.receivedAtNanos() > VIDEO_LOST_AFTER.toNanos();
            if (isLate && !blind) {
                blind = true;
                loop.release();
                resting = false; // whatever it was told before, it is told to stop
                stop("no video");
            }
            if (!blind) {
                step(new Origin.Service());
            }
        }
        if (camera.isFree() && !duty.isWaiting()) {
            patrol.due(mode)
                    .ifPresent(preset -> camera.steer(new CameraCommand.GoToPreset(preset), new Origin.Service()));
        }
    }

    private void step(Origin origin) {
        FollowLoop now = Objects.requireNonNull(loop);
        if (!camera.isFree()) {
            now.commanded(unixNanos(), camera.status().velocity());
            now.release();
            patrol.postpone();
            resting = true;
            return;
        }
        if (patrol.isTouring() || !follows()) {
            return;
        }
        Optional<PtzVelocity> speed = now.step(unixNanos());
        events.step(now.state());
        if (duty.hasTaken() && now.state() == FollowState.LOST) {
            duty.end();
            applyDuty();
        }
        speed.filter(one -> !one.isZero() || !resting).ifPresent(one -> {
            resting = one.isZero();
            long until = System.nanoTime() + now.lifetime().toNanos();
            camera.steer(new CameraCommand.Move(one, until), origin);
        });
    }

    private void stop(String cause) {
        if (!resting) {
            resting = true;
            camera.steer(new CameraCommand.Stop(cause), new Origin.Service());
        }
    }

    private boolean follows() {
        return switch (duty.instead(mode)) {
            case AimMode.FollowOne _, AimMode.FrameGroup _, AimMode.FollowRunner _ -> true;
            case AimMode.Manual _, AimMode.Hold _, AimMode.Tour _ -> false;
        };
    }

    private static Origin origin(SeenFrame frame, Optional<Aim> aim) {
        Long object = aim.isPresent() && aim.get().trackId().isPresent()
                ? Long.valueOf(aim.get().trackId().getAsLong())
                : null;
        return new Origin.Frame(frame.stamp(), frame.receivedAtNanos(), object);
    }

    private long unixNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
