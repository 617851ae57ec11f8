package dev.aerie.ingest.push;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Close codes of RFC 6455, section 7.4.1, and reasons within its length limit.
final class CloseCodes {

    private static final Logger LOG = LoggerFactory.getLogger(CloseCodes.class);
    static final int GOING_AWAY = 1001;
    static final int UNSUPPORTED = 1003;
    static final int POLICY_VIOLATION = 1008;
    static final int TOO_BIG = 1009;
    static final int INTERNAL_ERROR = 1011;
    private static final int MAX_REASON_BYTES = 123;

    private CloseCodes() {}

    /// Ends a connection after an exception.
    ///
    /// - `end`: ends what the connection published, with the reason in words
    static Uni<Void> after(Throwable cause, WebSocketConnection connection, String stream, Consumer<String> end) {
        boolean transientFailure = cause instanceof IOException || connection.isClosed();
        if (!transientFailure) {
            LOG.error("client failed stream={}", stream, cause);
        }
        try {
            end.accept(transientFailure ? "the connection broke" : "internal error: " + cause);
        } catch (RuntimeException again) {
            LOG.error("client not ended properly stream={}", stream, again);
        }
        return connection.isClosed()
                ? Uni.createFrom().voidItem()
                : connection.close(reason(INTERNAL_ERROR, "internal error"));
    }

    static CloseReason reason(int code, @Nullable String why) {
        byte[] ascii = String.valueOf(why).getBytes(StandardCharsets.US_ASCII);
        return new CloseReason(
                code, new String(ascii, 0, Math.min(ascii.length, MAX_REASON_BYTES), StandardCharsets.US_ASCII));
    }
}
