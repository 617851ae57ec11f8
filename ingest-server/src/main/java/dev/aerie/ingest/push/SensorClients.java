package dev.aerie.ingest.push;

import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// The clients that push IMU samples and telemetry. An invalid message is answered with what was expected and
/// dropped.
public final class SensorClients {

    private static final UserData.TypedKey<SensorMessages> MESSAGES = new UserData.TypedKey<>("messages");

    private final Streams streams;
    private final ClientClocks clocks;
    private final Producer producer;
    private final InstantSource clock;
    private final Consumer<Message> publish;
    private final LongAdder refused = new LongAdder();

    /// `publish` must not block.
    public SensorClients(
            Streams streams, ClientClocks clocks, Producer producer, InstantSource clock, Consumer<Message> publish) {
        this.streams = streams;
        this.clocks = clocks;
        this.producer = producer;
        this.clock = clock;
        this.publish = publish;
    }

    /// Invalid messages since the start.
    public long refused() {
        return refused.sum();
    }

    Uni<Void> open(WebSocketConnection connection) {
        String stream = connection.pathParam("stream");
        if (!FrameId.isStreamName(stream)) {
            return connection.close(CloseCodes.reason(CloseCodes.POLICY_VIOLATION, "not a valid stream name"));
        }
        connection.userData().put(MESSAGES, new SensorMessages(stream, streams, clocks.of(stream), producer, clock));
        return Uni.createFrom().voidItem();
    }

    Uni<Void> take(WebSocketConnection connection, String text, Reader reader) {
        var messages = connection.userData().get(MESSAGES);
        if (messages == null) {
            return Uni.createFrom().voidItem();
        }
        try {
            publish.accept(reader.read(messages, text));
            return Uni.createFrom().voidItem();
        } catch (ClientMessageException wrong) {
            refused.increment();
            return ClientAnswers.problem(connection, ClientProblem.of(wrong));
        } catch (MalformedMessageException wrong) {
            refused.increment();
            return ClientAnswers.problem(connection, ClientProblem.of(String.valueOf(wrong.getMessage())));
        }
    }

    /// Parses one type of message.
    @FunctionalInterface
    interface Reader {
        Message read(SensorMessages messages, String text) throws ClientMessageException, MalformedMessageException;
    }
}
