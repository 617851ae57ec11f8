package dev.aerie.ingest.push;

import io.quarkus.websockets.next.CloseReason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Close codes of RFC 6455, section 7.4.1, and reasons that fit.
final class Closing {

    static final int GOING_AWAY = 1001;
    static final int UNSUPPORTED = 1003;
    static final int POLICY_VIOLATION = 1008;
    static final int TOO_BIG = 1009;
    private static final int MAX_REASON_BYTES = 123;

    private Closing() {}

    static CloseReason reason(int code, @Nullable String why) {
        byte[] ascii = String.valueOf(why).getBytes(StandardCharsets.US_ASCII);
        return new CloseReason(
                code, new String(ascii, 0, Math.min(ascii.length, MAX_REASON_BYTES), StandardCharsets.US_ASCII));
    }
}
