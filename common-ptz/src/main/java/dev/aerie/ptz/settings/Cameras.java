package dev.aerie.ptz.settings;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.isapi.IsapiCamera;
import dev.aerie.ptz.isapi.IsapiOptions;
import dev.aerie.ptz.onvif.OnvifCamera;
import dev.aerie.ptz.onvif.OnvifOptions;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.ptz.simulated.SimulatedCamera;
import dev.aerie.ptz.simulated.SimulatedDevice;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Opens the driver that a camera's settings name.
public final class Cameras {

    private Cameras() {}

    /// The camera; nothing is sent to it yet. The caller owns it.
    ///
    /// - `environment`: the variables that hold credentials
    ///
    /// Throws [InvalidSettingException] where one of them is not set, or for a personality that does not exist.
    public static PtzCamera open(CameraSettings settings, Map<String, String> environment) {
        return switch (settings.driver()) {
            case ISAPI -> isapi(settings, environment);
            case ONVIF -> onvif(settings, environment);
            case SIMULATED -> new SimulatedCamera(simulated(settings));
        };
    }

    private static PtzCamera isapi(CameraSettings settings, Map<String, String> environment) {
        return new IsapiCamera(
                endpoint(settings, environment),
                new IsapiOptions(
                        settings.connection().orElseThrow().channel(),
                        settings.ranges(),
                        settings.maxSpeed().orElse(CameraSettings.DEFAULT_MAX_SPEED),
                        settings.tiltSign(),
                        settings.momentary()));
    }

    private static PtzCamera onvif(CameraSettings settings, Map<String, String> environment) {
        return new OnvifCamera(
                endpoint(settings, environment),
                new OnvifOptions(
                        settings.connection().orElseThrow().profile(),
                        settings.ranges(),
                        settings.maxSpeed().orElse(CameraSettings.DEFAULT_MAX_SPEED),
                        settings.fieldOfView()),
                InstantSource.system());
    }

    /// The motors of a simulated camera: those of its `personality`, by default the typical one's.
    public static SimulatedDevice simulated(CameraSettings settings) {
        String names = Personalities.all().stream().map(Personality::name).collect(Collectors.joining(", "));
        var personality = settings.section("personality")
                .map(field -> Personalities.find(field.text(names, _ -> true)).orElseThrow(() -> field.refused(names)))
                .orElse(Personalities.TYPICAL);
        return new SimulatedDevice(personality, PtzPosition.HOME, InstantSource.system(), new SplittableRandom());
    }

    private static CameraEndpoint endpoint(CameraSettings settings, Map<String, String> environment) {
        var connection = settings.connection().orElseThrow();
        return new CameraEndpoint(
                settings.name(),
                connection.url(),
                connection.credentials(settings.name(), environment),
                connection.timeout());
    }
}
