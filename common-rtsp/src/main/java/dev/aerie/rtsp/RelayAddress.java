package dev.aerie.rtsp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The relay's address and our credentials; [#toString] omits the password.
///
/// - `isSecure`: whether it is reached by RTSPS
/// - `user`: empty for a relay without access control
public record RelayAddress(boolean isSecure, String host, int port, Optional<String> user, Optional<String> password) {

    /// In the clear.
    public RelayAddress(String host, int port, Optional<String> user, Optional<String> password) {
        this(false, host, port, user, password);
    }

    /// `rtsp://user:password@host:port/stream`: never to be logged.
    public String urlOf(String stream) {
        String credentials = user.map(name -> encoded(name) + ":" + encoded(password.orElse("")) + "@")
                .orElse("");
        return scheme() + credentials + hostAndPort() + "/" + stream;
    }

    /// `rtsp://host:port` or `rtsps://host:port`, without credentials.
    public String base() {
        return scheme() + hostAndPort();
    }

    @Override
    public String toString() {
        return base();
    }

    private String scheme() {
        return isSecure ? "rtsps://" : "rtsp://";
    }

    private String hostAndPort() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
