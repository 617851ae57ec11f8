package dev.aerie.ptz.settings;

import dev.aerie.auth.Credentials;
import dev.aerie.settings.InvalidSettingException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Where a camera is reached and as whom. Credentials are names of environment variables: the file that has them can be
/// shown to anybody.
///
/// - `url`: `http` or `https`, without credentials
/// - `usernameVariable`, `passwordVariable`: both or none
/// - `timeout`: of one request, with all that it takes to answer a challenge
/// - `channel`: of an ISAPI device, from 1
/// - `profile`: token of an ONVIF media profile; empty for the first that has a PTZ configuration
public record CameraConnection(
        URI url,
        Optional<String> usernameVariable,
        Optional<String> passwordVariable,
        Duration timeout,
        int channel,
        Optional<String> profile) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);

    public CameraConnection {
        if (usernameVariable.isPresent() != passwordVariable.isPresent()) {
            throw new IllegalArgumentException("username_env and password_env stand together or not at all");
        }
    }

    /// The credentials that the variables hold; empty where the camera needs none. Throws [InvalidSettingException]
    /// where a variable is not set.
    ///
    /// - `camera`: its name, for the message
    public Optional<Credentials> credentials(String camera, Map<String, String> environment) {
        return usernameVariable.map(user -> new Credentials(
                valueOf(camera, user, "username_env", environment),
                valueOf(camera, passwordVariable.orElseThrow(), "password_env", environment)));
    }

    private static String valueOf(String camera, String variable, String key, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "");
        if (value.isEmpty()) {
            throw new InvalidSettingException(
                    "camera " + camera + ": " + variable + ", named by " + key + ", is not set");
        }
        return value;
    }
}
