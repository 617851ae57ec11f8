package dev.aerie.ingest.rtsp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The URI of a request, taken apart: `rtsp://host:port/<stream>[/overlay][?aud=0|1][/trackID=0]`.
///
/// - `stream`: name in the relay
/// - `trailingAud`: what the reader wants; empty where it leaves that to the server
record StreamUri(String stream, Optional<Boolean> trailingAud) {

    private static final Pattern URI = Pattern.compile("(?i:rtsps?)://[^/]*/(?<path>[^?]*)(?:\\?(?<query>.*))?");
    private static final Pattern TRACK = Pattern.compile("/?(?i:trackid|streamid|track|stream)=\\d{1,3}/?$");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}(/overlay)?");
    private static final Pattern AUD = Pattern.compile("(?:^|[&?])aud=(?<value>[01])(?=$|[&/])");

    /// Reads a request URI; refuses one that names no stream with 404.
    static StreamUri parse(String uri) throws RefusedException {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new RefusedException(404, "the URI is not rtsp://HOST:PORT/STREAM");
        }
        String name = stripTrack(matcher.group("path"));
        if (!NAME.matcher(name).matches()) {
            throw new RefusedException(404, "a stream is named [a-z0-9][a-z0-9_-]{0,62}, or that with /overlay");
        }
        String query = matcher.group("query");
        Matcher aud = AUD.matcher(query == null ? "" : query);
        return new StreamUri(name, aud.find() ? Optional.of(aud.group("value").equals("1")) : Optional.empty());
    }

    private static String stripTrack(String path) {
        String name = TRACK.matcher(path).replaceFirst("");
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
