package dev.aerie.messages.amqp;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where the broker is and who we are to it: `amqp://user:password@host:port/vhost`, or `amqps` for TLS.
///
/// Its text leaves the password out, so that it may be logged.
public record BrokerAddress(String host, int port, boolean tls, String user, String password, String virtualHost) {

    private static final int PORT = 5672;
    private static final int TLS_PORT = 5671;
    private static final String EXPECTED = "the broker's URL must be amqp://user:password@host:port/vhost";

    /// Reads the URL; user and password default to `guest`, the port to 5672 (5671 with TLS), the virtual host to
    /// `/`. Throws [IllegalArgumentException] that says what is expected and never repeats the URL.
    public static BrokerAddress parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException(EXPECTED); // no cause: it would repeat the password
        }
        boolean tls = "amqps".equals(uri.getScheme());
        if (!(tls || "amqp".equals(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException(EXPECTED);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? TLS_PORT : PORT;
        String userInfo = uri.getRawUserInfo() == null ? "guest:guest" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "guest" : userInfo.substring(colon + 1);
        String path = uri.getRawPath();
        String virtualHost = path == null || path.length() < 2 ? "/" : decoded(path.substring(1));
        return new BrokerAddress(uri.getHost(), port, tls, decoded(user), decoded(password), virtualHost);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return (tls ? "amqps://" : "amqp://") + user + "@" + host + ":" + port + " vhost " + virtualHost;
    }
}
