package dev.aerie.rtsp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The relay's address and our credentials; [#toString] omits the password.
///
/// - `user`: empty for a relay without access control
public record RelayAddress(String host, int port, Optional<String> user, Optional<String> password) {

    /// `rtsp://user:password@host:port/stream`: never to be logged.
    public String urlOf(String stream) {
        String credentials = user.map(name -> encoded(name) + ":" + encoded(password.orElse("")) + "@")
                .orElse("");
        return "rtsp://" + credentials + hostAndPort() + "/" + stream;
    }

    /// `rtsp://host:port`, without credentials.
    public String base() {
        return "rtsp://" + hostAndPort();
    }

    @Override
    public String toString() {
        return base();
    }

    private String hostAndPort() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
