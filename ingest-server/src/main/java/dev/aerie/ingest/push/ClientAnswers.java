package dev.aerie.ingest.push;

import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// What a client that pushes is sent: answers to invalid messages, and pings. A client that does not read is sent no
/// more than it may leave unread, and its next message never waits for an answer: messages that wait are kept in
/// memory.
final class ClientAnswers {

    static final int MAX_UNREAD = 16;

    private static final UserData.TypedKey<AtomicInteger> UNREAD = new UserData.TypedKey<>("unread");

    private ClientAnswers() {}

    /// Done at once, whether or not the client reads. The call comes from the connection's own event loop.
    static Uni<Void> problem(WebSocketConnection connection, ClientProblem problem) {
        return send(connection, () -> connection.sendText(problem.toJson()));
    }

    /// As [#problem].
    static Uni<Void> ping(WebSocketConnection connection, Buffer payload) {
        return send(connection, () -> connection.sendPing(payload));
    }

    private static Uni<Void> send(WebSocketConnection connection, Supplier<Uni<Void>> message) {
        AtomicInteger unread = unread(connection);
        if (unread.get() < MAX_UNREAD) {
            unread.incrementAndGet();
            message.get().subscribe().with(_ -> unread.decrementAndGet(), _ -> unread.decrementAndGet());
        }
        return Uni.createFrom().voidItem();
    }

    private static AtomicInteger unread(WebSocketConnection connection) {
        AtomicInteger unread = connection.userData().get(UNREAD);
        if (unread == null) {
            unread = new AtomicInteger();
            connection.userData().put(UNREAD, unread);
        }
        return unread;
    }
}
