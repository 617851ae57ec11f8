package dev.aerie.slam.pipeline;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.LocatedObject;
import dev.aerie.messages.EarthPosition;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Telemetry;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.slam.earth.GeoAlignment;
import dev.aerie.slam.earth.GeoAlignmentSolver;
import dev.aerie.slam.earth.GeoPoint;
import dev.aerie.slam.earth.GnssFix;
import dev.aerie.slam.earth.GroundIntersection;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.Pixel;
import dev.aerie.slam.geometry.Sim3;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a session knows of the earth: lays its map on it by the vehicle's telemetry, and the objects that others
/// have found in its frames on the ground.
///
/// Telemetry and objects come from any thread, poses from one.
final class GeoReferencer {

    private static final Logger LOG = LoggerFactory.getLogger(GeoReferencer.class);
    private static final double MIN_PIXEL_SIGMA = 2;
    /// How unsure a box's lower edge is, as a share of its height.
    private static final double EDGE_FRACTION = 0.03;

    private volatile GeoAlignmentSolver solver = new GeoAlignmentSolver();
    private final String stream;
    private boolean isAligned;
    private final RecentPoses poses = new RecentPoses();
    private final AtomicReference<@Nullable FrameResult> objects = new AtomicReference<>();

    GeoReferencer(String stream) {
        this.stream = stream;
    }

    void add(Telemetry telemetry) {
        Double latitude = telemetry.latitudeDegrees();
        Double longitude = telemetry.longitudeDegrees();
        Double above = telemetry.relativeAltitudeMetres();
        Double altitude = telemetry.altitudeMetres() == null ? above : telemetry.altitudeMetres();
        if (latitude != null && longitude != null && altitude != null) {
            long timeNanos = Objects.requireNonNull(telemetry.envelope().captureTimeNanos());
            solver.addFix(new GnssFix(
                    timeNanos,
                    new GeoPoint(latitude, longitude, altitude),
                    above == null ? OptionalDouble.empty() : OptionalDouble.of(above)));
        }
    }

    void add(FrameResult result) {
        objects.set(result);
    }

    /// Begins anew: poses to come are of another map.
    void reset() {
        solver = new GeoAlignmentSolver();
        poses.clear();
        isAligned = false;
    }

    /// What a tracked frame's message says of the earth; the message itself where that is nothing.
    ///
    /// - `pose`: in the map's own axes and unit; `uprightFromMap`: what brings it to metres with Z up, if known
    CameraPose complete(CameraPose message, FramePose pose, Optional<Sim3> uprightFromMap, CameraModel camera) {
        poses.add(pose);
        var alignment = solver.addPose(pose, uprightFromMap);
        reportChange(alignment, message);
        return alignment
                .map(earth -> message.onEarth(position(earth, pose.worldFromCamera()), located(earth, camera)))
                .orElse(message);
    }

    private void reportChange(Optional<GeoAlignment> alignment, CameraPose message) {
        if (alignment.isPresent() == isAligned) {
            return;
        }
        isAligned = alignment.isPresent();
        long frame = message.envelope().frameId().frameNumber();
        if (alignment.isPresent()) {
            LOG.info(
                    "geo alignment found stream={} frame={} positionSigmaMetres={} tiltSigmaDegrees={}",
                    stream,
                    frame,
                    rounded(alignment.get().positionSigmaMetres()),
                    rounded(Math.toDegrees(alignment.get().tiltSigmaRadians())));
        } else {
            LOG.info("geo alignment lost stream={} frame={}", stream, frame);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static EarthPosition position(GeoAlignment earth, RigidTransform worldFromCamera) {
        var position = earth.plane().toEarth(earth.localFromMap().apply(worldFromCamera.translation()));
        double variance = earth.positionSigmaMetres() * earth.positionSigmaMetres();
        return position(position, List.of(variance, 0.0, 0.0, variance));
    }

    /// The objects of the newest result that has not been said yet; a result is about one frame, perhaps an older
    /// one.
    private List<LocatedObject> located(GeoAlignment earth, CameraModel camera) {
        var result = objects.get();
        if (result == null) {
            return List.of();
        }
        long frame = result.envelope().frameId().frameNumber();
        var mapFromCamera = poses.at(frame);
        if (mapFromCamera.isEmpty() || !objects.compareAndSet(result, null)) {
            return List.of();
        }
        double scale = (double) camera.widthPixels() / result.widthPixels();
        return result.objects().stream()
                .filter(object -> object.state() == TrackState.CONFIRMED)
                .flatMap(object -> located(earth, camera, mapFromCamera.get(), object, scale)
                        .map(intersection -> new LocatedObject(
                                object.id(),
                                object.label(),
                                frame,
                                position(intersection.position(), intersection.covariance())))
                        .stream())
                .toList();
    }

    /// Where it stands: the middle of its box's lower edge.
    private static Optional<GroundIntersection> located(
            GeoAlignment earth, CameraModel camera, RigidTransform mapFromCamera, TrackedObject object, double scale) {
        var box = object.box();
        var foot =
                new Pixel(scale * (box.leftPixels() + box.widthPixels() / 2) - 0.5, scale * box.bottomPixels() - 0.5);
        boolean isCut = foot.y() > camera.heightPixels() - 2;
        double sigma = Math.max(MIN_PIXEL_SIGMA, EDGE_FRACTION * scale * box.heightPixels());
        return isCut ? Optional.empty() : GroundIntersection.of(earth, camera, mapFromCamera, foot, sigma);
    }

    private static EarthPosition position(GeoPoint position, List<Double> covariance) {
        return new EarthPosition(
                position.latitudeDegrees(), position.longitudeDegrees(), position.altitudeMetres(), covariance);
    }
}
