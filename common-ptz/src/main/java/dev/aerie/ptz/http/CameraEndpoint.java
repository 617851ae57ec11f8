package dev.aerie.ptz.http;

import dev.aerie.auth.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where a camera is reached and as whom.
///
/// - `name`: of the camera, for messages
/// - `url`: `http` or `https` with a host; its path is where an ONVIF device service is, else ignored
/// - `credentials`: empty for a camera that asks for none
/// - `timeout`: of one request, from connecting to the last byte, with the answers to challenges
public record CameraEndpoint(String name, URI url, Optional<Credentials> credentials, Duration timeout) {

    public CameraEndpoint {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected http://HOST[:PORT] or https://… without credentials");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be > 0, was " + timeout);
        }
    }

    /// Whether what is sent cannot be read on the way.
    boolean isEncrypted() {
        return url.getScheme().equals("https");
    }
}
