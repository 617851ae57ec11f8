package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a client on whose connection something was thrown.
final class CloseCodesTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void after_faultOfOurs_endsTheStreamInWordsAndClosesTheConnection() {
        after(new IllegalStateException("broken on purpose"), false);
        assertThat(done)
                .containsExactly(
                        "ended: internal error: java.lang.IllegalStateException: broken on purpose", "closed 1011");
    }

    @Test
    void after_faultAgainWhenTheStreamIsEnded_closesAllTheSame() {
        CloseCodes.after(new NoClassDefFoundError("x"), connection(false), "drone", _ -> {
                    throw new IllegalStateException("again, on purpose");
                })
                .await()
                .indefinitely();
        assertThat(done).containsExactly("closed 1011");
    }

    @Test
    void after_brokenConnection_isWeather() {
        after(new IOException("reset"), true);
        assertThat(done).containsExactly("ended: the connection broke");
    }

    private void after(Throwable cause, boolean closed) {
        CloseCodes.after(cause, connection(closed), "drone", why -> done.add("ended: " + why))
                .await()
                .indefinitely();
    }

    private WebSocketConnection connection(boolean closed) {
        return (WebSocketConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WebSocketConnection.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "isClosed" -> closed;
                    case "close" -> {
                        done.add("closed " + ((CloseReason) arguments[0]).getCode());
                        yield Uni.createFrom().voidItem();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
