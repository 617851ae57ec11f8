package dev.aerie.rtsp.client;

import dev.aerie.auth.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of a stream's URL; its text omits user and password.
///
/// - `location`: as it stands in requests, without user and password
record RtspUrl(String host, int port, Optional<Credentials> credentials, String location) {

    private static final int DEFAULT_PORT = 554;

    static RtspUrl parse(String url) throws IOException {
        try {
            var uri = new URI(url);
            if (uri.getHost() == null) {
                throw new IOException("the URL names no host");
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new RtspUrl(
                    uri.getHost(),
                    port,
                    credentials(uri.getRawUserInfo()),
                    "rtsp://" + uri.getHost() + ":" + port + uri.getRawPath() + query);
        } catch (URISyntaxException e) {
            throw new IOException("invalid URL: " + e.getReason(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("invalid URL: " + e.getMessage(), e);
        }
    }

    /// Where requests for a `control` attribute go (RFC 2326, C.1.1): as it stands if it is absolute, else behind
    /// `base`.
    ///
    /// Cameras expect it behind the whole URL, query included, as FFmpeg and live555 put it; RFC 3986 would
    /// replace the last segment of the path.
    static String resolve(String base, String control) {
        if (control.isEmpty() || control.equals("*")) {
            return base;
        }
        if (control.regionMatches(true, 0, "rtsp://", 0, "rtsp://".length())) {
            return control;
        }
        if (control.startsWith("?")) {
            return base + control;
        }
        String folder = base.endsWith("/") ? base : base + "/";
        return folder + (control.startsWith("/") ? control.substring(1) : control);
    }

    @Override
    public String toString() {
        return location;
    }

    private static Optional<Credentials> credentials(@Nullable String rawUserInfo) {
        String[] parts = (rawUserInfo == null ? "" : rawUserInfo).split(":", 2);
        return parts[0].isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : ""));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
