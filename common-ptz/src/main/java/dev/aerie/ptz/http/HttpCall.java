package dev.aerie.ptz.http;

import java.net.URI;

/// A request to a camera.
///
/// - `body`: empty for none
/// - `repeatable`: whether it does no harm to ask twice, where the connection broke before the answer
public record HttpCall(String method, URI uri, String contentType, String body, boolean repeatable) {

    /// One without a body.
    public static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, "", "", true);
    }

    /// For messages: method and path, without host and query.
    String title() {
        return method + " " + uri.getRawPath();
    }
}
