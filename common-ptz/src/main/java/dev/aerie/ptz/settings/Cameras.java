package dev.aerie.ptz.settings;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.isapi.IsapiCamera;
import dev.aerie.ptz.isapi.IsapiOptions;
import dev.aerie.settings.InvalidSettingException;
import java.util.Map;

/// Opens the driver that a camera's settings name.
public final class Cameras {

    private Cameras() {}

    /// The camera; nothing is sent to it yet. The caller owns it.
    ///
    /// - `environment`: the variables that hold credentials
    ///
    /// Throws [InvalidSettingException] where a variable is not set, or for a simulated camera, which has no
    /// driver.
    public static PtzCamera open(CameraSettings settings, Map<String, String> environment) {
        return switch (settings.driver()) {
            case ISAPI -> isapi(settings, environment);
            case ONVIF, SIMULATED ->
                throw new InvalidSettingException("camera " + settings.name() + ": driver is "
                        + settings.driver().key() + ", allowed here: isapi or onvif");
        };
    }

    private static PtzCamera isapi(CameraSettings settings, Map<String, String> environment) {
        var connection = settings.connection().orElseThrow();
        return new IsapiCamera(
                endpoint(settings, environment),
                new IsapiOptions(
                        connection.channel(),
                        settings.ranges(),
                        settings.maxSpeed().orElse(CameraSettings.DEFAULT_MAX_SPEED),
                        settings.tiltSign(),
                        settings.momentary()));
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
