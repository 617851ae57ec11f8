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
/// - `isSecure`: `rtsps`, RTSP in TLS
/// - `location`: as it stands in requests, without user and password
record RtspUrl(boolean isSecure, String host, int port, Optional<Credentials> credentials, String location) {

    private static final int DEFAULT_PORT = 554;
    private static final int DEFAULT_SECURE_PORT = 322;

    static RtspUrl parse(String url) throws IOException {
        try {
            var uri = new URI(url);
            if (uri.getHost() == null) {
                throw new IOException("the URL names no host");
            }
            boolean secure = "rtsps".equalsIgnoreCase(uri.getScheme());
            int usual = secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT;
            int port = uri.getPort() < 0 ? usual : uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new RtspUrl(
                    secure,
                    uri.getHost(),
                    port,
                    credentials(uri.getRawUserInfo()),
                    (secure ? "rtsps://" : "rtsp://") + uri.getHost() + ":" + port + uri.getRawPath() + query);
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
        if (isAbsolute(control)) {
            return control;
        }
        if (control.startsWith("?")) {
            return base + control;
        }
        String folder = base.endsWith("/") ? base : base + "/";
        return folder + (control.startsWith("/") ? control.substring(1) : control);
    }

    static boolean isAbsolute(String location) {
        return location.regionMatches(true, 0, "rtsp://", 0, "rtsp://".length())
                || location.regionMatches(true, 0, "rtsps://", 0, "rtsps://".length());
    }

    /// Without the brackets of an IPv6 address.
    String plainHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
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
