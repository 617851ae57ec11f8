package dev.aerie.evaluation.slam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.mono.MonocularSlam;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Flights of the simulator whose truth is known, at ten frames a second where nothing else is said, the same every
/// time.
final class SimulatedFlightsTest {

    private static final double RATE = 10;

    private static final ExpectedPose FAR_AWAY =
            new ExpectedPose(0, new RigidTransform(Rotation.IDENTITY, new Vector3(1000, 0, 0)), 1, 1);

    /// Round a block, 237 m at 8 m/s, and on for 80 m of the second round. Seven and a half frames a second: a metre
    /// from one to the next.
    @Test
    void track_roundABlockAndOn_closesTheLoop() {
        int lastOfRound = 218;
        int last = 292;
        try (var flown = new Flown(Scenario.LOOP, 7.5);
                var slam = MonocularSlam.deterministic(flown.camera())) {
            flown.track(slam, 0, lastOfRound);
            var before = flown.score(slam.trajectory());
            flown.track(slam, lastOfRound, last);
            var firstRound = slam.trajectory().stream()
                    .filter(pose -> pose.frameNumber() < lastOfRound)
                    .toList();
            var all = flown.score(slam.trajectory());

            assertThat(slam.trajectory()).hasSizeGreaterThan(last * 98 / 100);
            assertThat(slam.trajectory()).extracting(FramePose::submap).containsOnly(0);
            assertThat(flown.score(firstRound).ateMetres())
                    .as("metres, first round, once closed; before: %s", before)
                    .isLessThan(before.ateMetres());
            assertThat(all.ateMetres()).as("metres, %s", all).isLessThan(0.01 * before.pathMetres());
        }
    }

    /// 15°/s, past people and cars that move.
    @Test
    void track_turningOnTheSpot_claimsNoMap() {
        try (var flown = new Flown(Scenario.ROTATION, RATE);
                var slam = MonocularSlam.deterministic(flown.camera())) {
            assertThat(flown.track(slam, 0, 60))
                    .extracting(TrackedFrame::state)
                    .containsOnly(TrackingState.INITIALIZING);
        }
    }

    /// Halts after 3 s, looks 45° to the left and to the right, and flies on.
    @Test
    void track_turningOnTheSpotAmidAFlight_keepsTrack() {
        try (var flown = new Flown(Scenario.PIVOT, RATE);
                var slam = MonocularSlam.deterministic(flown.camera())) {
            flown.track(slam, 20, 170);
            var score = flown.score(slam.trajectory());

            assertThat(slam.trajectory()).hasSizeGreaterThan(140);
            assertThat(slam.trajectory()).extracting(FramePose::submap).containsOnly(0);
            assertThat(score.ateMetres()).as("metres, %s", score).isLessThan(0.5);
        }
    }

    /// To and fro before houses; no light from 8 to 11 s. The log has one line for each change of state.
    @Test
    void track_throughDarkness_isFoundAgainWithinASecondOfLight() {
        try (var log = new CapturedLog(SlamEvents.class);
                var flown = new Flown(Scenario.BLACKOUT, RATE);
                var slam = MonocularSlam.deterministic("cam1", flown.camera())) {
            flown.track(slam, 20, 90);
            var dark = flown.track(slam, 90, 110);
            var elsewhere = flown.trackExpected(slam, 110, 116, FAR_AWAY);
            var light = flown.track(slam, 116, 135);
            var score = flown.score(slam.trajectory());

            assertThat(dark).extracting(TrackedFrame::state).doesNotContain(TrackingState.TRACKING);
            assertThat(elsewhere)
                    .as("said to be far away")
                    .extracting(TrackedFrame::state)
                    .doesNotContain(TrackingState.TRACKING);
            assertThat(light.subList(4, 19)).extracting(TrackedFrame::state).containsOnly(TrackingState.TRACKING);
            assertThat(slam.trajectory()).extracting(FramePose::submap).containsOnly(0);
            assertThat(score.ateMetres()).as("metres, %s", score).isLessThan(0.3);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("initialized "))
                    .singleElement(STRING)
                    .matches(
                            "initialized stream=cam1 frame=\\d+ submap=0 keyframes=2 landmarks=\\d+ parallaxDegrees=[0-9.]+");
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("tracking lost "))
                    .singleElement(STRING)
                    .matches(
                            "tracking lost stream=cam1 frame=\\d+ submap=0 cause=\"[a-z ]+\" matches=\\d+ inliers=\\d+");
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("relocalized "))
                    .singleElement(STRING)
                    .matches("relocalized stream=cam1 frame=\\d+ submap=0 keyframe=\\d+ inliers=\\d+ afterFrames=\\d+");
        }
    }

    /// Lost by a jump of 17 s, it begins a second part of the map; where that comes to where the first began,
    /// the two become one.
    @Test
    void track_comingBackAfterAJump_joinsTheSubmaps() {
        try (var flown = new Flown(Scenario.LOOP, RATE);
                var slam = MonocularSlam.deterministic(flown.camera())) {
            flown.track(slam, 0, 50);
            flown.track(slam, 220, 270);
            var apart = slam.trajectory();
            flown.track(slam, 270, 340);
            var score = flown.score(slam.trajectory());

            assertThat(apart).extracting(FramePose::submap).contains(0, 1);
            assertThat(slam.trajectory()).extracting(FramePose::submap).containsOnly(0);
            assertThat(score.ateMetres()).as("metres, %s", score).isLessThan(0.02 * score.pathMetres());
        }
    }

    /// The shutter open for 30 ms at 8 m/s.
    @Test
    void track_blurredByMotion_keepsTrack() {
        try (var flown = new Flown(Scenario.LOOP, RATE, 0.03);
                var slam = MonocularSlam.deterministic(flown.camera())) {
            flown.track(slam, 0, 60);
            List<FramePose> poses = slam.trajectory();
            var score = flown.score(poses);

            assertThat(poses).hasSizeGreaterThan(55);
            assertThat(score.ateMetres()).as("metres, %s", score).isLessThan(0.01 * score.pathMetres());
        }
    }
}
