package dev.aerie.ingest.push;

import dev.aerie.ingest.stream.StreamRefusedException;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import dev.aerie.video.MalformedVideoException;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clients that replay a recording. Invalid input closes the connection with the reason: what followed would
/// not be the recording.
public final class ReplayClients implements PushClients {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayClients.class);
    private static final UserData.TypedKey<Replay> REPLAY = new UserData.TypedKey<>("replay");

    private final Streams streams;
    private final int maxUnitBytes;
    private final Producer producer;
    private final InstantSource clock;
    private final Consumer<Message> publish;

    /// `publish` must not block.
    public ReplayClients(
            Streams streams, PushLimits limits, Producer producer, InstantSource clock, Consumer<Message> publish) {
        this.streams = streams;
        this.maxUnitBytes = limits.maxUnitBytes();
        this.producer = producer;
        this.clock = clock;
        this.publish = publish;
    }

    @Override
    public Uni<Void> open(WebSocketConnection connection, String stream) {
        try {
            var publication = streams.open(
                    stream, "replay", () -> closeLater(connection, CloseCodes.GOING_AWAY, "the stream was taken away"));
            connection.userData().put(REPLAY, new Replay(publication, maxUnitBytes, producer, clock));
            return Uni.createFrom().voidItem();
        } catch (StreamRefusedException | IllegalArgumentException refused) {
            LOG.warn("replay refused stream={} cause={}", stream, refused.getMessage());
            return connection.close(CloseCodes.reason(CloseCodes.POLICY_VIOLATION, refused.getMessage()));
        }
    }

    @Override
    public Uni<Void> binary(WebSocketConnection connection, Buffer message) {
        var replay = connection.userData().get(REPLAY);
        if (replay == null) {
            return Uni.createFrom().voidItem();
        }
        try {
            replay.frame(ByteBuffer.wrap(message.getBytes()));
            return Uni.createFrom().voidItem();
        } catch (MalformedVideoException | IllegalArgumentException wrong) {
            return refuse(connection, replay, String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public Uni<Void> text(WebSocketConnection connection, String text) {
        var replay = connection.userData().get(REPLAY);
        if (replay == null) {
            return Uni.createFrom().voidItem();
        }
        try {
            publish.accept(replay.measurement(text));
            return Uni.createFrom().voidItem();
        } catch (ClientMessageException | MalformedMessageException wrong) {
            return refuse(connection, replay, String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public void close(WebSocketConnection connection) {
        end(connection, "the replay is over");
    }

    private static void end(WebSocketConnection connection, String cause) {
        var replay = connection.userData().remove(REPLAY);
        if (replay != null) {
            replay.end(cause);
        }
    }

    @Override
    public Uni<Void> failed(WebSocketConnection connection, Throwable cause) {
        var replay = connection.userData().get(REPLAY);
        return CloseCodes.after(cause, connection, replay == null ? "" : replay.stream(), reason -> {
            end(connection, reason);
        });
    }

    private Uni<Void> refuse(WebSocketConnection connection, Replay replay, String why) {
        LOG.warn("replay refused stream={} cause={}", replay.stream(), why);
        end(connection, why);
        return connection.close(CloseCodes.reason(CloseCodes.UNSUPPORTED, why));
    }

    private static void closeLater(WebSocketConnection connection, int code, String why) {
        connection
                .close(CloseCodes.reason(code, why))
                .subscribe()
                .with(_ -> {}, failure -> LOG.debug("replay close failed cause={}", failure.getMessage()));
    }
}
