package dev.aerie.ingest.push;

import dev.aerie.ingest.stream.StreamRefusedException;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.video.MalformedVideoException;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clients that push video over WebSocket, on both paths.
public final class VideoIngest implements PushClients {

    private static final Logger LOG = LoggerFactory.getLogger(VideoIngest.class);
    private static final UserData.TypedKey<VideoIngestSession> PUSH = new UserData.TypedKey<>("push");
    private static final UserData.TypedKey<Long> PINGED = new UserData.TypedKey<>("pinged");
    private static final long PING_EVERY_NANOS = 2_000_000_000L;

    private final Streams streams;
    private final PushLimits limits;
    private final ClientClocks clocks;

    public VideoIngest(Streams streams, PushLimits limits, ClientClocks clocks) {
        this.streams = streams;
        this.limits = limits;
        this.clocks = clocks;
    }

    @Override
    public Uni<Void> open(WebSocketConnection connection, String requested) {
        String stream = requested.isEmpty() ? limits.defaultStream() : requested;
        try {
            var publication = streams.open(
                    stream,
                    "websocket",
                    () -> closeLater(connection, CloseCodes.GOING_AWAY, "the stream was taken away"));
            var session =
                    new VideoIngestSession(publication, limits.maxUnitBytes(), clocks.of(stream), streams::unixNanos);
            connection.userData().put(PUSH, session);
            return ping(connection);
        } catch (StreamRefusedException | IllegalArgumentException refused) {
            LOG.warn("push refused stream={} cause={}", stream, refused.getMessage());
            return connection.close(CloseCodes.reason(CloseCodes.POLICY_VIOLATION, refused.getMessage()));
        }
    }

    @Override
    public Uni<Void> binary(WebSocketConnection connection, Buffer chunk) {
        var session = connection.userData().get(PUSH);
        if (session == null) {
            return Uni.createFrom().voidItem();
        }
        if (chunk.length() > limits.maxChunkBytes()) {
            return refuse(
                    connection,
                    session,
                    CloseCodes.TOO_BIG,
                    "a message of " + chunk.length() + " bytes, allowed: " + limits.maxChunkBytes());
        }
        try {
            session.chunk(ByteBuffer.wrap(chunk.getBytes()));
            return pingIfDue(connection);
        } catch (MalformedVideoException wrong) {
            return refuse(connection, session, CloseCodes.UNSUPPORTED, String.valueOf(wrong.getMessage()));
        }
    }

    /// Applies a text message; an invalid one is answered and the connection stays open.
    @Override
    public Uni<Void> text(WebSocketConnection connection, String text) {
        var session = connection.userData().get(PUSH);
        if (session == null) {
            return Uni.createFrom().voidItem();
        }
        try {
            session.text(text);
            return Uni.createFrom().voidItem();
        } catch (ClientMessageException wrong) {
            return ClientAnswers.problem(connection, ClientProblem.of(wrong));
        }
    }

    @Override
    public void pong(WebSocketConnection connection, Buffer payload) {
        var session = connection.userData().get(PUSH);
        if (session != null && payload.length() == Long.BYTES) {
            session.roundTrip(System.nanoTime() - payload.getLong(0));
        }
    }

    @Override
    public void close(WebSocketConnection connection) {
        end(connection, "the client disconnected");
    }

    private static void end(WebSocketConnection connection, String cause) {
        var session = connection.userData().remove(PUSH);
        if (session != null) {
            session.end(cause);
        }
    }

    @Override
    public Uni<Void> failed(WebSocketConnection connection, Throwable cause) {
        var session = connection.userData().get(PUSH);
        return CloseCodes.after(cause, connection, session == null ? "" : session.publication().stream(), reason -> {
            end(connection, reason);
        });
    }

    private Uni<Void> refuse(WebSocketConnection connection, VideoIngestSession session, int code, String why) {
        LOG.warn("push refused stream={} cause={}", session.publication().stream(), why);
        end(connection, why);
        return connection.close(CloseCodes.reason(code, why));
    }

    private Uni<Void> pingIfDue(WebSocketConnection connection) {
        var pinged = connection.userData().get(PINGED);
        boolean due = pinged == null || System.nanoTime() - pinged > PING_EVERY_NANOS;
        return due ? ping(connection) : Uni.createFrom().voidItem();
    }

    private static Uni<Void> ping(WebSocketConnection connection) {
        long now = System.nanoTime();
        connection.userData().put(PINGED, now);
        return ClientAnswers.ping(connection, Buffer.buffer().appendLong(now));
    }

    private static void closeLater(WebSocketConnection connection, int code, String why) {
        connection
                .close(CloseCodes.reason(code, why))
                .subscribe()
                .with(_ -> {}, failure -> LOG.debug("push close failed cause={}", failure.getMessage()));
    }
}
