package dev.aerie.rtsp;

import dev.aerie.messages.FrameId;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// The one stream of a worker that runs without assignments; [#toString] omits the address, which may contain a
/// password.
///
/// - `stream`: its name, in results and at a relay
/// - `url`: `rtsp://…` or `rtsps://…`; empty for a stream that the relay knows by its name
public record DirectStreamAddress(String stream, Optional<String> url) {

    private static final String NAMELESS = "camera";
    private static final int LONGEST_NAME = 63;

    /// Reads a stream's name, or an `rtsp://` or `rtsps://` address, whose last part names the stream.
    public static DirectStreamAddress parse(String text) {
        return FrameId.isStreamName(text)
                ? new DirectStreamAddress(text, Optional.empty())
                : new DirectStreamAddress(nameOf(URI.create(text)), Optional.of(text));
    }

    private static String nameOf(URI address) {
        String path = Optional.ofNullable(address.getPath()).orElse("").replaceAll("/+$", "");
        String name = path.substring(path.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]", "-")
                .replaceAll("^[_-]+", "");
        return name.isEmpty() ? NAMELESS : name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    @Override
    public String toString() {
        return "StreamTarget[stream=" + stream + "]";
    }
}
