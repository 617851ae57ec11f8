package dev.aerie.ptz.settings;

import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.cameras.JsonSetting;
import java.net.URI;
import java.util.Optional;

/// Reads where a camera is reached and as whom.
record ConnectionReader(JsonSetting camera) {

    private static final String URL_ALLOWED = "http://HOST[:PORT] or https://…, without credentials in it";
    private static final String PROFILE_ALLOWED = "the token of a media profile";

    /// Empty for a simulated camera without a `url`; others must have one.
    Optional<CameraConnection> read(Driver driver) {
        var url = camera.optional("url").map(ConnectionReader::url);
        if (url.isEmpty() && driver != Driver.SIMULATED) {
            camera.required(URL_ALLOWED, "url");
        }
        var user = camera.optional("username_env").map(JsonSetting::variableName);
        var password = camera.optional("password_env").map(JsonSetting::variableName);
        if (user.isPresent() != password.isPresent()) {
            throw new InvalidSettingException(camera.place() + "."
                    + (user.isPresent() ? "password_env" : "username_env")
                    + " is missing, allowed: username_env and password_env together, or neither");
        }
        return url.map(address -> new CameraConnection(
                address,
                user,
                password,
                camera.optional("timeout_seconds")
                        .map(field -> CameraSettingsReader.seconds(field, 0.1, 60))
                        .orElse(CameraConnection.DEFAULT_TIMEOUT),
                camera.optional("channel").map(field -> field.whole(1, 999)).orElse(1),
                camera.optional("profile").map(field -> field.text(PROFILE_ALLOWED, _ -> true))));
    }

    private static URI url(JsonSetting field) {
        String text = field.text(URL_ALLOWED, ConnectionReader::isUrl);
        return URI.create(text);
    }

    private static boolean isUrl(String text) {
        try {
            var url = URI.create(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null && url.getRawUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
