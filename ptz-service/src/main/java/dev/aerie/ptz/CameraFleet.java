package dev.aerie.ptz;

import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.aim.TourStop;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.fleet.CommandRights;
import dev.aerie.ptz.fleet.EventTeller;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.fleet.SteeredCameras;
import dev.aerie.ptz.follow.SteeringConfig;
import dev.aerie.ptz.handoff.AppearanceEvidence;
import dev.aerie.ptz.handoff.HandoffConfig;
import dev.aerie.ptz.metrics.CommandMetrics;
import dev.aerie.ptz.settings.AimReader;
import dev.aerie.ptz.settings.CameraSettings;
import dev.aerie.ptz.settings.Cameras;
import dev.aerie.ptz.settings.ControlReader;
import dev.aerie.ptz.settings.Driver;
import dev.aerie.ptz.settings.HandoffReader;
import dev.aerie.ptz.settings.SettingsCheck;
import dev.aerie.ptz.settings.SiteReader;
import dev.aerie.ptz.settings.SiteSettings;
import dev.aerie.ptz.site.Site;
import dev.aerie.settings.cameras.CameraSettingsFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The cameras that the settings name, and how they are opened.
///
/// - `settings`: empty where no file names a camera
/// - `environment`: the variables that hold credentials
record CameraFleet(Optional<SiteSettings> settings, Map<String, String> environment) {

    private static final double NANOS_PER_SECOND = 1e9;
    /// Of a camera of which nobody said how wide it sees: most domes are near it at their widest.
    private static final double ASSUMED_HFOV_DEGREES = 60;

    private static final double ASPECT = 16 / 9.0;

    CameraFleet {
        environment = Map.copyOf(environment);
    }

    /// Reads `PTZ_CONFIG`, else a `CAMERA_CONFIG` that is such a file. Throws [InvalidSettingException] with one line
    /// that says what is wrong in it.
    static CameraFleet of(Optional<Path> config, Optional<Path> cameraConfig, Map<String, String> environment) {
        Optional<Path> file =
                config.or(() -> cameraConfig.filter(Files::isRegularFile).filter(CameraSettingsFile::isOne));
        var fleet = new CameraFleet(file.map(CameraFleet::read), environment);
        fleet.settings.ifPresent(site -> SettingsCheck.check(site, fleet.environment));
        return fleet;
    }

    List<CameraSettings> cameras() {
        return settings.map(SiteSettings::cameras).orElse(List.of());
    }

    /// Opens every camera; nothing is sent to one yet. The caller owns them.
    ///
    /// - `publish`: never waits
    /// - `rights`, `mayMoveByItself`: see [SteeredCamera]
    SteeredCameras open(
            PtzConfig config,
            Producer producer,
            Consumer<? super Message> publish,
            MeterRegistry registry,
            CommandRights rights,
            BooleanSupplier mayMoveByItself) {
        var interval = Duration.ofNanos(Math.round(NANOS_PER_SECOND / config.commandsPerSecond()));
        var limits = new CommandLimits(
                interval, CommandLimits.DEFAULT.positionEvery(), CommandLimits.DEFAULT.unauthorizedRetry());
        return new SteeredCameras(cameras().stream()
                .map(one -> new SteeredCamera(
                        new EventTeller(one.name(), one.stream(), producer, InstantSource.system(), publish),
                        Cameras.open(one, environment),
                        limits,
                        config.operatorTimeout(),
                        rights.of(one.name()),
                        mayMoveByItself,
                        new CommandMetrics(registry, one.name())))
                .toList());
    }

    /// What is known of a camera, and what it is to do at first.
    SteeringConfig steering(String camera, PtzConfig config) {
        CameraSettings known = settings.flatMap(all -> all.camera(camera)).orElseThrow();
        List<TourStop> patrol = known.patrol().stream()
                .map(stop -> new TourStop(stop.preset(), stop.stay()))
                .toList();
        return new SteeringConfig(
                fieldsOfView(known),
                known.deadTime(),
                config.commandsPerSecond(),
                AimReader.read(settings.orElseThrow(), known),
                ControlReader.read(settings.orElseThrow(), known),
                firstMode(config.mode(), patrol),
                patrol);
    }

    /// The cameras of which the file knows the mounting; frames are taken to be 16 : 9.
    Site site() {
        return settings.map(all -> SiteReader.read(all, ASPECT)).orElse(new Site(List.of(), 0));
    }

    /// - `evidence`: of the embedder
    HandoffConfig handoff(AppearanceEvidence evidence) {
        return settings.map(all -> HandoffReader.read(all, evidence)).orElse(HandoffConfig.DEFAULT);
    }

    private static List<Lens.FieldOfView> fieldsOfView(CameraSettings camera) {
        if (camera.fieldOfView().isPresent()) {
            return camera.fieldOfView().get().entries().stream()
                    .map(one -> new Lens.FieldOfView(one.zoom(), one.horizontalDegrees()))
                    .toList();
        }
        return camera.driver() == Driver.SIMULATED
                ? Cameras.simulated(camera).personality().lens().fieldsOfView()
                : List.of(new Lens.FieldOfView(1, ASSUMED_HFOV_DEGREES));
    }

    private static AimMode firstMode(String key, List<TourStop> patrol) {
        return switch (key) {
            case "group" -> new AimMode.FrameGroup();
            case "runner" -> new AimMode.FollowRunner();
            case "hold" -> new AimMode.Hold();
            case "manual" -> new AimMode.Manual();
            case "tour" -> patrol.isEmpty() ? new AimMode.Hold() : new AimMode.Tour(patrol);
            default -> new AimMode.FollowOne(new TargetSelector.MostInteresting());
        };
    }

    private static SiteSettings read(Path file) {
        try {
            return SiteSettings.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
