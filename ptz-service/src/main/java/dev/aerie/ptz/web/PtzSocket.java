package dev.aerie.ptz.web;

import dev.aerie.messages.InvalidFieldException;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `WS /ws/ptz/{camera}?operator=ana`: a joystick, up to twenty messages a second; the camera's status comes back.
///
/// A message is a move as [MoveBody] has it, `{"stop": true}` or `{"release": true}`. A speed lasts half a second
/// unless the message says otherwise, so that a connection that hangs ends it; one that is closed ends it at once.
@WebSocket(path = "/ws/ptz/{camera}")
public final class PtzSocket {

    private static final int POLICY_VIOLATION = 1008;
    private static final Pattern OPERATOR = Pattern.compile("(?:^|&)operator=([^&]*)");

    private final Joysticks joysticks;

    PtzSocket(Joysticks joysticks) {
        this.joysticks = joysticks;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        try {
            joysticks.open(connection, operator(connection.handshakeRequest().query()));
        } catch (InvalidFieldException e) {
            close(connection, e.getMessage());
        }
    }

    @OnTextMessage
    @NonBlocking
    void text(String text, WebSocketConnection connection) {
        joysticks.take(connection, text);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        joysticks.close(connection);
    }

    @OnError
    @NonBlocking
    void failed(WebSocketConnection connection, Throwable cause) {
        joysticks.close(connection);
        close(connection, "internal error");
    }

    private static void close(WebSocketConnection connection, @Nullable String cause) {
        connection
                .close(new CloseReason(POLICY_VIOLATION, String.valueOf(cause)))
                .subscribe()
                .with(_ -> {}, _ -> {});
    }

    private static String operator(@Nullable String query) {
        var found = OPERATOR.matcher(query == null ? "" : query);
        return found.find()
                ? Fields.operator(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
                : Fields.DEFAULT_OPERATOR;
    }
}
