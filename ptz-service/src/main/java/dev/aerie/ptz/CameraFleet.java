package dev.aerie.ptz;

import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.fleet.EventTeller;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.fleet.SteeredCameras;
import dev.aerie.ptz.metrics.CommandMetrics;
import dev.aerie.ptz.settings.CameraSettings;
import dev.aerie.ptz.settings.Cameras;
import dev.aerie.ptz.settings.SiteSettings;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.ptz.simulated.SimulatedCamera;
import dev.aerie.ptz.simulated.SimulatedDevice;
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
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The cameras that the settings name, and how they are opened.
///
/// - `settings`: empty where no file names a camera
/// - `environment`: the variables that hold credentials
record CameraFleet(Optional<SiteSettings> settings, Map<String, String> environment) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String PERSONALITY = "personality";

    CameraFleet {
        environment = Map.copyOf(environment);
    }

    /// Reads `PTZ_CONFIG`, else a `CAMERA_CONFIG` that is such a file. Throws [InvalidSettingException] with one line
    /// that says what is wrong in it.
    static CameraFleet of(Optional<Path> config, Optional<Path> cameraConfig, Map<String, String> environment) {
        Optional<Path> file =
                config.or(() -> cameraConfig.filter(Files::isRegularFile).filter(CameraSettingsFile::isOne));
        var fleet = new CameraFleet(file.map(CameraFleet::read), environment);
        fleet.cameras().forEach(fleet::check);
        return fleet;
    }

    List<CameraSettings> cameras() {
        return settings.map(SiteSettings::cameras).orElse(List.of());
    }

    /// Opens every camera; nothing is sent to one yet. The caller owns them.
    ///
    /// - `publish`: never waits
    /// - `mayMoveByItself`: see [SteeredCamera]
    SteeredCameras open(
            PtzConfig config,
            Producer producer,
            Consumer<? super Message> publish,
            MeterRegistry registry,
            BooleanSupplier mayMoveByItself) {
        var interval = Duration.ofNanos(Math.round(NANOS_PER_SECOND / config.commandsPerSecond()));
        var limits = new CommandLimits(
                interval, CommandLimits.DEFAULT.positionEvery(), CommandLimits.DEFAULT.unauthorizedRetry());
        return new SteeredCameras(cameras().stream()
                .map(one -> new SteeredCamera(
                        new EventTeller(one.name(), one.stream(), producer, InstantSource.system(), publish),
                        driver(one),
                        limits,
                        config.operatorTimeout(),
                        mayMoveByItself,
                        new CommandMetrics(registry, one.name())))
                .toList());
    }

    private static SiteSettings read(Path file) {
        try {
            return SiteSettings.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void check(CameraSettings camera) {
        switch (camera.driver()) {
            case SIMULATED -> personality(camera);
            case ISAPI, ONVIF -> camera.connection().ifPresent(one -> one.credentials(camera.name(), environment));
        }
    }

    private PtzCamera driver(CameraSettings camera) {
        return switch (camera.driver()) {
            case SIMULATED ->
                new SimulatedCamera(new SimulatedDevice(
                        personality(camera), PtzPosition.HOME, InstantSource.system(), new Random()));
            case ISAPI, ONVIF -> Cameras.open(camera, environment);
        };
    }

    private static Personality personality(CameraSettings camera) {
        String allowed = Personalities.all().stream().map(Personality::name).collect(Collectors.joining(", "));
        return camera.section(PERSONALITY)
                .map(field -> Personalities.find(field.text(
                                allowed, name -> Personalities.find(name).isPresent()))
                        .orElseThrow())
                .orElse(Personalities.TYPICAL);
    }
}
