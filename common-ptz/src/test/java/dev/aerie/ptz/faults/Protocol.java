package dev.aerie.ptz.faults;

import dev.aerie.auth.Credentials;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.device.isapi.IsapiFeatures;
import dev.aerie.ptz.device.isapi.IsapiServer;
import dev.aerie.ptz.device.onvif.OnvifFeatures;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Login;
import dev.aerie.ptz.device.onvif.OnvifServer;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.isapi.IsapiCamera;
import dev.aerie.ptz.isapi.IsapiOptions;
import dev.aerie.ptz.onvif.OnvifCamera;
import dev.aerie.ptz.onvif.OnvifOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// A client and a server that speak one protocol.
enum Protocol {
    ISAPI,
    ONVIF_BY_HTTP_DIGEST,
    ONVIF_BY_TOKEN;

    private static final PtzVelocity FULL_SPEED = new PtzVelocity(100, 50, 0.5);

    /// Those of [dev.aerie.ptz.device.RecordingDevice].
    private static final PtzRanges RANGES =
            new PtzRanges(new PtzRange(-170, 170), new PtzRange(-90, 30), new PtzRange(1, 21));

    AutoCloseable serve(PtzDevice device, DeviceServerConfig config) throws IOException {
        var features = OnvifFeatures.of("gate", URI.create("rtsp://127.0.0.1:8554/gate"));
        return switch (this) {
            case ISAPI -> IsapiServer.start(device, IsapiFeatures.CURRENT, config);
            case ONVIF_BY_HTTP_DIGEST -> OnvifServer.start(device, features.withLogins(Login.HTTP_DIGEST), config);
            case ONVIF_BY_TOKEN -> OnvifServer.start(device, features.withLogins(Login.USERNAME_TOKEN), config);
        };
    }

    PtzCamera open(int port, Credentials credentials, Duration timeout) {
        var endpoint =
                new CameraEndpoint("gate", URI.create("http://127.0.0.1:" + port), Optional.of(credentials), timeout);
        return switch (this) {
            case ISAPI -> new IsapiCamera(endpoint, IsapiOptions.of(FULL_SPEED));
            case ONVIF_BY_HTTP_DIGEST, ONVIF_BY_TOKEN ->
                new OnvifCamera(
                        endpoint,
                        new OnvifOptions(Optional.empty(), Optional.of(RANGES), FULL_SPEED, Optional.empty()),
                        InstantSource.system());
        };
    }
}
