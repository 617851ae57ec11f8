package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientAnswersTest {

    /// The answers that the client has not read.
    private final List<UniEmitter<? super Void>> unread = new ArrayList<>();

    private final WebSocketConnection connection = connection(new Data(new HashMap<>()));

    @Test
    void problem_clientDoesNotRead_nothingWaitsAndFewAreSent() {
        for (int message = 0; message < 10_000; message++) {
            assertThat(answer().subscribeAsCompletionStage()).isCompleted();
        }

        assertThat(unread).hasSize(ClientAnswers.MAX_UNREAD);
    }

    @Test
    void problem_clientReadsAgain_isSentAgain() {
        for (int message = 0; message < 100; message++) {
            answer();
        }
        unread.removeFirst().complete(null);
        unread.removeFirst().fail(new IllegalStateException("closed"));

        for (int message = 0; message < 100; message++) {
            answer();
        }

        assertThat(unread).hasSize(ClientAnswers.MAX_UNREAD);
    }

    @Test
    void ping_clientDoesNotRead_countsAsAnswer() {
        for (int message = 0; message < 100; message++) {
            assertThat(ClientAnswers.ping(connection, Buffer.buffer()).subscribeAsCompletionStage())
                    .isCompleted();
            answer();
        }

        assertThat(unread).hasSize(ClientAnswers.MAX_UNREAD);
    }

    private Uni<Void> answer() {
        return ClientAnswers.problem(connection, ClientProblem.of("not understood"));
    }

    private WebSocketConnection connection(UserData data) {
        return (WebSocketConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WebSocketConnection.class},
                (_, method, _) -> switch (method.getName()) {
                    case "userData" -> data;
                    case "sendText", "sendPing" -> Uni.createFrom().<Void>emitter(unread::add);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private record Data(Map<String, Object> values) implements UserData {

        @Override
        @SuppressWarnings("unchecked")
        public <V> @Nullable V get(TypedKey<V> key) {
            return (V) values.get(key.value());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> @Nullable V put(TypedKey<V> key, V value) {
            return (V) values.put(key.value(), value);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> @Nullable V remove(TypedKey<V> key) {
            return (V) values.remove(key.value());
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public void clear() {
            values.clear();
        }
    }
}
