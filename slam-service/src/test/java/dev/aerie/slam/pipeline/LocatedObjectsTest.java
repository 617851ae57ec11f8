package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.LocatedObject;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.EarthPosition;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Telemetry;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.truth.VisibleObject;
import dev.aerie.simulator.world.Body;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.earth.GeoPoint;
import dev.aerie.slam.earth.TangentPlane;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.imu.Flown;
import dev.aerie.slam.output.PoseMatrix;
import dev.aerie.video.FrameSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// People and cars of the simulated town, found in frames by their true boxes, while the drone flies by poses
/// that are 1 cm off and a receiver that is 1 m off: each stands where it is said to stand, as surely as is said.
final class LocatedObjectsTest {

    private static final TangentPlane TOWN = new TangentPlane(new GeoPoint(47.3977, 8.5456, 488));
    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final Producer TEST = Producer.of("frame-processor", "test");
    private static final int SECONDS = 40;

    private final Scene scene = Scenario.TURNS.scene(7);
    private final Flown flown = new Flown(Scenario.TURNS, ImuNoise.NONE, 0.01, 5);
    private final Renderer renderer = new Renderer(CameraIntrinsics.of(SIZE));
    private final SplittableRandom random = new SplittableRandom(5);
    private final GeoReferencer earth = new GeoReferencer("cam1");
    private final List<Double> errors = new ArrayList<>();
    private final List<Double> sigmas = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    @Test
    void complete_objectsInFrames_areOnTheGroundWhereTheyStand() {
        for (int frame = 0; frame < 10 * SECONDS; frame++) {
            earth.add(telemetry(frame / 10.0));
            var message = earth.complete(message(frame), pose(frame), Optional.empty(), camera());
            if (frame > 250 && frame % 10 == 0) {
                earth.add(objects(frame));
                check(earth.complete(message(frame + 1), pose(frame + 1), Optional.empty(), camera()), frame);
            }
            assertThat(message.earthPosition() == null || frame > 50).isTrue();
        }
        assertThat(errors).as("objects located").hasSizeGreaterThan(20);
        double withinTwice = 0;
        for (int i = 0; i < errors.size(); i++) {
            withinTwice += errors.get(i) < 2 * sigmas.get(i) + 0.5 ? 1 : 0;
        }
        assertThat(withinTwice / errors.size())
                .as("share within twice the said deviation")
                .isGreaterThan(0.85);
        assertThat(weights.stream().sorted().toList().get(weights.size() / 2))
                .as("off by, as a share of the distance, median")
                .isLessThan(0.15);
    }

    @Test
    void forget_anotherMap_isNotOnTheEarthYet() {
        for (int frame = 0; frame < 300; frame++) {
            earth.add(telemetry(frame / 10.0));
            earth.complete(message(frame), pose(frame), Optional.empty(), camera());
        }
        assertThat(earth.complete(message(300), pose(300), Optional.empty(), camera())
                        .earthPosition())
                .isNotNull();
        earth.reset();

        assertThat(earth.complete(message(301), pose(301), Optional.empty(), camera())
                        .earthPosition())
                .isNull();
    }

    private void check(CameraPose message, int frame) {
        MessageSchemas.assertValid(Exchanges.SLAM_RESULTS, Messages.write(message));
        assertThat(readBack(message)).isEqualTo(message);
        var camera = local(message.earthPosition());
        assertThat(camera.distanceTo(flown.truth((frame + 1) / 10.0).translation()))
                .isLessThan(1.5);
        for (LocatedObject object :
                message.locatedObjects() == null ? List.<LocatedObject>of() : message.locatedObjects()) {
            assertThat(object.frameNumber()).isEqualTo(frame);
            var position = body(object.id()).worldFromBody(frame / 10.0).translation();
            var covariance = object.position().covariance();
            errors.add(local(object.position()).distanceTo(position));
            weights.add(errors.getLast() / position.distanceTo(camera));
            sigmas.add(Math.sqrt(covariance.get(0) + covariance.get(3)));
        }
    }

    private static CameraPose readBack(CameraPose message) {
        try {
            return Messages.read(CameraPose.class, Messages.write(message));
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static Vector3 local(EarthPosition position) {
        return TOWN.toLocal(
                new GeoPoint(position.latitudeDegrees(), position.longitudeDegrees(), position.altitudeMetres()));
    }

    private Body body(long id) {
        return scene.world().bodies().stream()
                .filter(body -> body.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private FramePose pose(int frame) {
        var pose = flown.pose(frame / 10.0);
        return new FramePose(frame, pose.captureTimeNanos(), 0, pose.worldFromCamera());
    }

    private static FrameId id(int frame) {
        return new FrameId("drone", PlainFrame.SESSION, frame);
    }

    private CameraPose message(int frame) {
        return new CameraPose(
                Envelope.ofFrame(id(frame), Flown.nanos(frame / 10.0), CaptureClock.SENDER, Instant.EPOCH, TEST),
                PoseMatrix.message(pose(frame).worldFromCamera()),
                CameraPose.Scale.ARBITRARY,
                CameraPose.TrackingState.TRACKING,
                false,
                100,
                null);
    }

    private Telemetry telemetry(double seconds) {
        var position = flown.truth(seconds).translation();
        var noise = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        var seen = TOWN.toEarth(position.plus(noise));
        return new Telemetry(
                Envelope.ofMeasurement("drone", null, Flown.nanos(seconds), CaptureClock.SENDER, Instant.EPOCH, TEST),
                seen.latitudeDegrees(),
                seen.longitudeDegrees(),
                seen.altitudeMetres(),
                position.z() + noise.z(),
                null,
                null,
                null,
                null);
    }

    private FrameResult objects(int frame) {
        renderer.render(scene, frame / 10.0);
        var objects = VisibleObject.in(renderer.visibility(), scene.world().bodies()).stream()
                .filter(object -> object.visiblePixels() > 150)
                .map(object ->
                        TrackedObject.ofBox(object.id(), object.label(), 0.9, object.box(), TrackState.CONFIRMED, 5))
                .toList();
        return new FrameResult(
                Envelope.ofFrame(id(frame), Flown.nanos(frame / 10.0), CaptureClock.SENDER, Instant.EPOCH, TEST),
                SIZE.widthPixels(),
                SIZE.heightPixels(),
                "truth",
                new Timing(1, 1, 1, 3),
                objects);
    }

    private PinholeCamera camera() {
        var camera = renderer.camera();
        return new PinholeCamera(
                SIZE.widthPixels(),
                SIZE.heightPixels(),
                camera.focalXPixels(),
                camera.focalYPixels(),
                camera.centreXPixels(),
                camera.centreYPixels());
    }
}
