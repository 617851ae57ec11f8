package dev.aerie.rtsp.tcp;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where a stream is, taken apart; its text leaves user and password out.
///
/// - `location`: as it stands in requests, without user and password
record RtspUrl(String host, int port, String user, String password, String location) {

    private static final int DEFAULT_PORT = 554;

    static RtspUrl parse(String url) throws IOException {
        try {
            var uri = new URI(url);
            if (uri.getHost() == null) {
                throw new IOException("the URL names no host");
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            String[] who = uri.getRawUserInfo() == null
                    ? new String[] {""}
                    : uri.getRawUserInfo().split(":", 2);
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new RtspUrl(
                    uri.getHost(),
                    port,
                    decoded(who[0]),
                    who.length > 1 ? decoded(who[1]) : "",
                    "rtsp://" + uri.getHost() + ":" + port + uri.getRawPath() + query);
        } catch (URISyntaxException e) {
            throw new IOException("the URL is none: " + e.getReason(), e);
        }
    }

    boolean hasUser() {
        return !user.isEmpty();
    }

    @Override
    public String toString() {
        return location;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
