package dev.aerie.rtsp.tcp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What comes from a server.
sealed interface RtspMessage {

    /// RTP or RTCP (RFC 2326, section 10.12).
    ///
    /// - `bytes`: from position to limit; lent until the next message is read; they, and the four in front of them,
    ///   may be written to
    record Packet(int channel, ByteBuffer bytes) implements RtspMessage {}

    /// The answer to a request.
    ///
    /// - `headers`: by name in lower case, each as often as it stands there
    record Reply(int status, String reason, Map<String, List<String>> headers, String body) implements RtspMessage {

        /// The first header of that name, empty without one.
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .getFirst();
        }
    }

    /// A request of the server's own, which asks nothing that we must answer.
    record Request(String line) implements RtspMessage {}
}
