package dev.aerie.ingest.forward;

import dev.aerie.messages.FrameId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Where a stream is sent.
///
/// - `url`: `rtmp://host/app/key`, `srt://host:port?streamid=…` or `rtsp://host/path`; may carry a key, so it is never
///   shown
public record ForwardTarget(String stream, String url) {

    private static final Set<String> SCHEMES = Set.of("rtmp", "srt", "rtsp");

    public ForwardTarget {
        FrameId.requireStreamName(stream);
        var uri = URI.create(url);
        if (!SCHEMES.contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("rtmp://, srt:// or rtsp:// with a host is expected");
        }
    }

    /// Whether [#parse] accepts it.
    public static boolean isValid(String text) {
        try {
            var _ = parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Reads `stream=url,stream=url`; a stream may stand there several times. Throws [IllegalArgumentException] for
    /// anything else.
    public static List<ForwardTarget> parse(String text) {
        var targets = new ArrayList<ForwardTarget>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("stream=url,stream=url is expected");
            }
            targets.add(new ForwardTarget(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip()));
        }
        return List.copyOf(targets);
    }

    /// For users and logs: without user, password, key and query. The last part of an RTMP address is the key.
    String describe() {
        var uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    @Override
    public String toString() {
        return stream + " to " + describe();
    }
}
