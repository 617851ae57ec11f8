package dev.aerie.ptz.follow;

import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.ptz.aim.Aim;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.PresetTour;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.ptz.aim.TourStop;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.Origin;
import dev.aerie.ptz.control.FollowState;
import dev.aerie.ptz.fleet.SteeredCamera;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
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

    /// Without a target for so long, the patrol begins.
    static final Duration IDLE_AFTER = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SteeredCamera camera;
    private final SteeringConfig config;
    private final InstantSource clock;
    private AimMode mode;
    private @Nullable FollowLoop loop;
    private @Nullable SeenFrame lastFrame;
    private @Nullable PresetTour tour;
    private boolean touring;
    private boolean blind = true;
    private boolean resting = true;
    private long targetSeenNanos = System.nanoTime();
    private TargetStatus target = new TargetStatus.None();

    public Steering(SteeredCamera camera, SteeringConfig config, InstantSource clock) {
        this.camera = camera;
        this.config = config;
        this.clock = clock;
        this.mode = config.firstMode();
        this.tour = tourOf(mode, config);
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
        return target;
    }

    /// What the controller does.
    public synchronized FollowState state() {
        return loop == null ? FollowState.IDLE : loop.state();
    }

    /// Does so from now on; forgets the target.
    public synchronized void use(AimMode newMode, @Nullable String operator) {
        mode = newMode;
        tour = tourOf(newMode, config);
        touring = false;
        targetSeenNanos = System.nanoTime();
        target = new TargetStatus.None();
        if (loop != null) {
            loop.use(newMode);
        }
        stop("the mode changed");
        LOG.info("mode changed camera={} mode={} operator={}", camera.name(), newMode.key(), operator);
        camera.events()
                .tell(Kind.MODE_CHANGED, draft -> draft.mode(newMode.key()).operator(operator));
    }

    /// The tracks of a new frame.
    public synchronized void see(SeenFrame frame) {
        boolean isSameSize = lastFrame != null && lastFrame.size().equals(frame.size());
        lastFrame = frame;
        blind = false;
        if (loop == null || !isSameSize) {
            loop = camera.capabilities()
                    .map(known -> new FollowLoop(camera.name(), config, known, frame))
                    .orElse(null);
            if (loop == null) {
                return; // the camera has not said yet what it can do
            }
            loop.use(mode);
        }
        loop.report(camera.status(), System.nanoTime(), unixNanos());
        Optional<Aim> aim = loop.see(frame, System.nanoTime(), unixNanos());
        aim.ifPresent(_ -> targetSeen());
        tell(frame, aim, loop.target());
        step(origin(frame, aim));
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
        visit();
    }

    private void targetSeen() {
        targetSeenNanos = System.nanoTime();
        touring = false;
    }

    private void step(Origin origin) {
        FollowLoop now = Objects.requireNonNull(loop);
        if (!camera.isFree()) {
            now.commanded(unixNanos(), camera.status().velocity());
            now.release();
            targetSeenNanos = System.nanoTime();
            resting = true;
            return;
        }
        if (touring || !follows()) {
            return;
        }
        Optional<PtzVelocity> speed = now.step(unixNanos());
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
        return switch (mode) {
            case AimMode.FollowOne _, AimMode.FrameGroup _, AimMode.FollowRunner _ -> true;
            case AimMode.Manual _, AimMode.Hold _, AimMode.Tour _ -> false;
        };
    }

    /// Visits presets: always in a tour, and while there is nobody to follow.
    private void visit() {
        if (tour == null || !camera.isFree()) {
            return;
        }
        boolean isIdle = mode instanceof AimMode.Tour
                || (follows() && System.nanoTime() - targetSeenNanos > IDLE_AFTER.toNanos());
        if (isIdle) {
            touring = true;
            tour.due(System.nanoTime())
                    .ifPresent(preset -> camera.steer(new CameraCommand.GoToPreset(preset), new Origin.Service()));
        }
    }

    private void tell(SeenFrame frame, Optional<Aim> aim, TargetStatus now) {
        var before = target;
        target = now;
        switch (now) {
            case TargetStatus.Followed followed
            when !isFollowed(before, followed.trackId()) ->
                camera.events()
                        .tell(
                                frame.stamp(),
                                Kind.TARGET_CHOSEN,
                                draft -> draft.object(followed.trackId())
                                        .cause(aim.map(one -> followed.label() + ", "
                                                        + one.reason().name().toLowerCase(Locale.ROOT))
                                                .orElse(followed.label())));
            case TargetStatus.Lost lost
            when before instanceof TargetStatus.Followed ->
                camera.events().tell(frame.stamp(), Kind.TARGET_LOST, draft -> draft.object(lost.trackId()));
            case TargetStatus.Followed _, TargetStatus.Lost _, TargetStatus.None _ -> {}
        }
    }

    private static boolean isFollowed(TargetStatus status, long trackId) {
        return status instanceof TargetStatus.Followed followed && followed.trackId() == trackId;
    }

    private static Origin origin(SeenFrame frame, Optional<Aim> aim) {
        Long object = aim.isPresent() && aim.get().trackId().isPresent()
                ? Long.valueOf(aim.get().trackId().getAsLong())
                : null;
        return new Origin.Frame(frame.stamp(), frame.receivedAtNanos(), object);
    }

    private static @Nullable PresetTour tourOf(AimMode mode, SteeringConfig config) {
        if (mode instanceof AimMode.Tour given) {
            return new PresetTour(given);
        }
        return config.patrol().isEmpty() ? null : new PresetTour(new AimMode.Tour(config.patrol()));
    }

    private long unixNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000 * NANOS_PER_MILLI + now.getNano();
    }
}
