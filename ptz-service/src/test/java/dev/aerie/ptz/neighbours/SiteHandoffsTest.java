package dev.aerie.ptz.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.PtzEvent;
import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.command.ScriptedCamera;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.fleet.CommandRight;
import dev.aerie.ptz.fleet.EventTeller;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.follow.SeenFrame;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.SteeringConfig;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.handoff.AppearanceEvidence;
import dev.aerie.ptz.handoff.HandoffConfig;
import dev.aerie.ptz.handoff.IdentitySimilarity;
import dev.aerie.ptz.metrics.CommandMetrics;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.site.EastNorthUp;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.ptz.site.Reach;
import dev.aerie.ptz.site.Site;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two simulated cameras 20 m apart, steered by the service's own classes, and somebody who walks from the one to the
/// other at 3 m/s.
final class SiteHandoffsTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final FrameSize SIZE = new FrameSize(1280, 720);
    private static final double HEIGHT_METRES = 1.75;
    private static final double SPEED = 3;
    private static final CommandLimits LIMITS =
            new CommandLimits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500));
    private static final HandoffConfig QUICK =
            new HandoffConfig(4, 12, 1, HEIGHT_METRES, 0.25, 0.2, 0.5, 3.5, 0.4, 2.5, 3, 6, AppearanceEvidence.DEFAULT);

    private final List<PtzEvent> events = new CopyOnWriteArrayList<>();
    private final Member west = new Member("west", -10, 1);
    private final Member east = new Member("east", 10, 7);
    private final Steerings steerings = new Steerings(List.of(west.steering, east.steering));
    private final SiteHandoffs handoffs =
            new SiteHandoffs(new Site(List.of(west.site, east.site), 0), QUICK, IdentitySimilarity.NONE, steerings);
    private final BackgroundThread video = BackgroundThread.every("video", Duration.ofMillis(40), this::frames);
    private long beganNanos;

    private final class Member {
        final ScriptedCamera camera = new ScriptedCamera();
        final SiteCamera site;
        final SteeredCamera steered;
        final Steering steering;
        final long track;
        final AtomicLong frames = new AtomicLong();

        Member(String name, double eastMetres, long track) {
            this.track = track;
            this.site = new SiteCamera(
                    name,
                    MountingPose.upright(eastMetres, 0, 2, 0),
                    Personalities.IDEAL.lens(),
                    new Reach(new PtzRange(-170, 170), new PtzRange(-90, 20), new PtzRange(1, 25), 2, 14));
            this.steered = new SteeredCamera(
                    new EventTeller(
                            name,
                            name,
                            Producer.of("ptz-service", "test"),
                            InstantSource.system(),
                            message -> events.add((PtzEvent) message)),
                    camera,
                    LIMITS,
                    Duration.ofSeconds(60),
                    CommandRight.ALWAYS,
                    () -> true,
                    new CommandMetrics(new SimpleMeterRegistry(), name));
            this.steering = new Steering(
                    steered,
                    new SteeringConfig(
                            Personalities.IDEAL.lens().fieldsOfView(),
                            Optional.of(Duration.ofMillis(20)),
                            20,
                            AimConfig.DEFAULT,
                            FollowConfig.DEFAULT,
                            new AimMode.FollowOne(new TargetSelector.MostInteresting()),
                            List.of()),
                    InstantSource.system());
        }

        /// A frame of now.
        void look(EastNorthUp foot) {
            var now = InstantSource.system().instant();
            var at = camera.device.truePosition();
            var low = site.imageOf(foot, at).filter(point -> point.isInFrame());
            var high = site.imageOf(foot.at(HEIGHT_METRES), at).filter(point -> point.isInFrame());
            List<AimTrack> tracks = low.isEmpty() || high.isEmpty()
                    ? List.of()
                    : List.of(AimTrack.of(
                            track,
                            "person",
                            0.9,
                            box(low.get().x(), low.get().y(), high.get().y()),
                            TrackState.CONFIRMED));
            var stamp = new FrameStamp(
                    new FrameId(site.name(), SESSION, frames.getAndIncrement()),
                    now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                    CaptureClock.SENDER);
            steering.see(new SeenFrame(stamp, SIZE, System.nanoTime(), tracks)).ifPresent(handoffs::report);
        }

        boolean follows() {
            return steering.target() instanceof TargetStatus.Followed one && one.trackId() == track;
        }
    }

    private static Box box(double x, double low, double high) {
        double height = (high - low) / 2 * SIZE.heightPixels();
        double width = height * 0.3;
        return new Box(
                (x + 1) / 2 * SIZE.widthPixels() - width / 2, (1 - high) / 2 * SIZE.heightPixels(), width, height);
    }

    @BeforeEach
    void start() {
        for (Member one : List.of(west, east)) {
            one.steered.start();
        }
        Eventually.holds(
                "the cameras are ready",
                () -> west.steered.capabilities().isPresent()
                        && east.steered.capabilities().isPresent());
        beganNanos = System.nanoTime();
        steerings.start();
        video.start();
    }

    @AfterEach
    void close() {
        video.close();
        steerings.close();
        west.steered.close();
        east.steered.close();
    }

    @Test
    void report_targetLeaves_neighbourTakesOverAndIsToldOf() {
        Eventually.holds("west follows", west::follows);
        Eventually.holds("east follows", east::follows);

        assertThat(events)
                .filteredOn(event -> event.event().name().startsWith("HANDOFF")
                        && event.camera().equals("west"))
                .allMatch(event -> "east".equals(event.toCamera())
                        && Long.valueOf(west.track).equals(event.objectId()))
                .extracting(PtzEvent::event)
                .containsExactly(Kind.HANDOFF_OFFERED, Kind.HANDOFF_CONFIRMED, Kind.HANDOFF);
        assertThat(east.camera.commands()).as("it was pointed there").anyMatch(one -> one.startsWith("moveTo"));
        assertThat(west.follows()).as("though it sees the target still").isFalse();
        Eventually.holds("east turns with it", () -> east.camera.speed() > 1);
    }

    @Test
    void report_personTakesTheNeighbour_handoffFailsAndWestKeepsTheTarget() {
        Eventually.holds("offered", () -> isTold(Kind.HANDOFF_OFFERED));
        var _ = east.steered.operate("ana", new CameraCommand.Stop("look here"));

        Eventually.holds("failed", () -> isTold(Kind.HANDOFF_FAILED));
        assertThat(west.follows()).isTrue();
        assertThat(east.follows()).isFalse();
    }

    private boolean isTold(Kind kind) {
        return events.stream().anyMatch(event -> event.event() == kind);
    }

    private void frames() {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        var foot = new EastNorthUp(-9 + SPEED * seconds, 8, 0);
        west.look(foot);
        east.look(foot);
    }
}
