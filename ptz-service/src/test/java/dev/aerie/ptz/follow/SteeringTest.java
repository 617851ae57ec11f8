package dev.aerie.ptz.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import dev.aerie.messages.PtzEvent;
import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.command.ScriptedCamera;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.control.FollowState;
import dev.aerie.ptz.fleet.CommandRight;
import dev.aerie.ptz.fleet.EventTeller;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.metrics.CommandMetrics;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A camera without a time-out of its own before a target that walks to the right at 4 degrees per second: followed,
/// and at rest in the end, whatever is lost.
final class SteeringTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final FrameSize SIZE = new FrameSize(1280, 720);
    private static final double TARGET_SPEED = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CommandLimits LIMITS =
            new CommandLimits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500));

    private final ScriptedCamera camera = new ScriptedCamera().endless();
    private final Lens lens = Personalities.IDEAL.lens();
    private final List<PtzEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicBoolean brokerThere = new AtomicBoolean(true);
    private final AtomicBoolean videoThere = new AtomicBoolean(true);
    private final AtomicBoolean targetThere = new AtomicBoolean(true);
    private final AtomicLong clockOffsetNanos = new AtomicLong();
    private final AtomicLong frames = new AtomicLong();
    private final SteeredCamera steered = new SteeredCamera(
            new EventTeller(
                    "gate", "gate", Producer.of("ptz-service", "test"), InstantSource.system(), this::published),
            camera,
            LIMITS,
            Duration.ofSeconds(1),
            CommandRight.ALWAYS,
            brokerThere::get,
            new CommandMetrics(new SimpleMeterRegistry(), "gate"));
    private final Steering steering = new Steering(
            steered,
            new SteeringConfig(
                    lens.fieldsOfView(),
                    Optional.of(Duration.ofMillis(20)),
                    20,
                    AimConfig.DEFAULT,
                    FollowConfig.DEFAULT,
                    new AimMode.FollowOne(new TargetSelector.MostInteresting()),
                    List.of()),
            InstantSource.system());
    private final BackgroundThread video = BackgroundThread.every("video", Duration.ofMillis(40), this::frame);
    private final BackgroundThread ticks = BackgroundThread.every("ticks", Duration.ofMillis(50), () -> {
        steering.tick();
        steered.tick();
    });
    private final long beganNanos = System.nanoTime();

    @BeforeEach
    void start() {
        steered.start();
        Eventually.holds("the camera is ready", () -> steered.capabilities().isPresent());
        video.start();
        ticks.start();
    }

    @AfterEach
    void close() {
        camera.recover();
        video.close();
        ticks.close();
        steered.close();
    }

    @Test
    void see_walkingTarget_isFollowedAndTold() {
        awaitFollowing();

        assertThat(events).anyMatch(event -> event.event() == Kind.TARGET_CHOSEN);
        assertThat(events)
                .filteredOn(event ->
                        event.event() == Kind.MOVE_COMMANDED && event.envelope().session() != null)
                .isNotEmpty()
                .allMatch(event -> event.velocity() != null);
    }

    @Test
    void see_clockHoursOff_isFollowedAllTheSame() {
        clockOffsetNanos.set(Duration.ofHours(-5).toNanos());
        awaitFollowing();
    }

    @Test
    void videoLost_inMidMove_cameraRests() {
        awaitFollowing();
        videoThere.set(false);
        Eventually.holds(
                "told",
                () -> events.stream()
                        .anyMatch(event -> event.event() == Kind.STOPPED && "no video".equals(event.cause())));
        assertRests();
    }

    @Test
    void brokerLost_inMidMove_cameraRestsAndObeysPeopleStill() {
        awaitFollowing();
        brokerThere.set(false);
        assertRests();

        long until = System.nanoTime() + Duration.ofMillis(300).toNanos();
        assertThat(steered.operate("ana", new CameraCommand.Move(new PtzVelocity(-20, 0, 0), until)))
                .succeedsWithin(PATIENCE);
        assertRests();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"REFUSED", "UNSUPPORTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void camera_failsInMidMoveAndVideoIsLost_restsOnceItAnswers(Reason reason) {
        awaitFollowing();
        camera.failWith(reason);
        Eventually.holds("told", () -> events.stream().anyMatch(event -> event.event() == Kind.CAMERA_UNREACHABLE));
        videoThere.set(false);
        camera.recover();
        assertRests();
        Eventually.holds("recovered", () -> events.stream().anyMatch(event -> event.event() == Kind.CAMERA_RECOVERED));
    }

    @Test
    void camera_rebootsInMidMove_isFollowedFromWhereItWakesUp() {
        awaitFollowing();
        camera.reboot();
        Eventually.holds("told", () -> events.stream().anyMatch(event -> event.event() == Kind.CAMERA_UNREACHABLE));
        Eventually.holds("at home", () -> Math.abs(camera.device.truePosition().panDegrees()) < 0.5);
        camera.recover();
        awaitFollowing();
        assertThat(events).anyMatch(event -> event.event() == Kind.CAMERA_RECOVERED);
    }

    @Test
    void target_gone_isSearchedForAndToldOnce() {
        do {
            targetThere.set(true);
            awaitFollowing();
            targetThere.set(false);
            // Where this machine stands still for a second, the video counts as lost and the target is forgotten.
            Eventually.holds("told", () -> isSearching() || steering.state() == FollowState.IDLE);
        } while (!isSearching());
        assertThat(events).filteredOn(event -> event.event() == Kind.SEARCHING).hasSize(1);
        assertThat(events).anyMatch(event -> event.event() == Kind.TARGET_LOST);
    }

    @Test
    void camera_hangsInMidMove_isFollowedAgainAfterwards() {
        awaitFollowing();
        camera.hang();
        videoThere.set(false);
        camera.recover();
        assertRests();
        videoThere.set(true);
        awaitFollowing();
    }

    @Test
    void operator_takesOver_targetWaitsUntilTheTimeIsOver() {
        awaitFollowing();
        var _ = steered.operate("ana", new CameraCommand.Stop("look here"));
        var _ = steered.operate("ben", new CameraCommand.Stop("no, here"));

        assertThat(steered.lease().holder(System.nanoTime())).contains("ben");
        assertThat(steered.isFree()).isFalse();
        assertThat(steered.release("ana")).isFalse();
        assertRests();
        Eventually.holds("the time is over", () -> steered.isFree());
        assertThat(events)
                .filteredOn(event -> event.event() == Kind.OPERATOR_TOOK_OVER)
                .extracting(PtzEvent::operator)
                .containsExactly("ana", "ben");
        awaitFollowing();
    }

    @Test
    void use_hold_cameraRests() {
        awaitFollowing();
        steering.use(new AimMode.Hold(), "ana");
        assertRests();
        assertThat(events).anyMatch(event -> event.event() == Kind.MODE_CHANGED && "hold".equals(event.mode()));
    }

    @Test
    void stopSteering_serviceEnds_nothingMovesByItself() {
        awaitFollowing();
        steered.stopSteering();
        assertRests();
    }

    private boolean isSearching() {
        return events.stream().anyMatch(event -> event.event() == Kind.SEARCHING);
    }

    private void awaitFollowing() {
        Eventually.holds("it follows", () -> {
            double error = targetPan() - camera.device.truePosition().panDegrees();
            return Math.abs(error) < 3 && Math.abs(camera.speed() - TARGET_SPEED) < 1.5;
        });
    }

    private void assertRests() {
        Eventually.holds(
                "it rests",
                () -> camera.speed() == 0 && steered.status().velocity().isZero());
    }

    private double targetPan() {
        return 3 + TARGET_SPEED * (System.nanoTime() - beganNanos) / 1e9;
    }

    private void published(Message message) {
        events.add((PtzEvent) message);
    }

    /// A frame of now, in which the target is where the camera's lens puts it.
    private void frame() {
        if (!videoThere.get()) {
            return;
        }
        long nanoTime = System.nanoTime();
        var now = InstantSource.system().instant();
        long unixNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        var at = lens.pointOf(new Direction(targetPan(), 0), camera.device.truePosition());
        List<AimTrack> tracks = at.filter(point -> point.isInFrame() && targetThere.get()).stream()
                .map(point -> new Box(
                        (point.x() + 1) / 2 * SIZE.widthPixels() - 40,
                        (1 - point.y()) / 2 * SIZE.heightPixels() - 100,
                        80,
                        200))
                .map(box -> AimTrack.of(1, "person", 0.9, box, TrackState.CONFIRMED))
                .toList();
        var stamp = new FrameStamp(
                new FrameId("gate", SESSION, frames.getAndIncrement()),
                unixNanos + clockOffsetNanos.get(),
                CaptureClock.SENDER);
        steering.see(new SeenFrame(stamp, SIZE, nanoTime, tracks));
    }
}
