package dev.aerie.ingest.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.DecodingStart;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one viewer its frames. For a viewer that reads too slowly all waiting frames are dropped and counted, and
/// sending resumes at the next IDR frame. A viewer that reads nothing for [#MAX_STALL] is disconnected.
final class ViewerFeed implements RelayReader {

    private static final Logger LOG = LoggerFactory.getLogger(ViewerFeed.class);

    /// Frames that may wait in addition to the cached group: about two seconds.
    static final int MAX_BEHIND = 60;

    private static final Duration MAX_STALL = Duration.ofSeconds(20);

    private final ClientConnection clientConnection;
    private final LiveFormat format;
    private final Runnable onEnded;
    private final SendQueue<Supplier<List<WebSocketMessage>>> sendQueue;

    @GuardedBy("this")
    private final DecodingStart start = new DecodingStart();

    @GuardedBy("this")
    private int maxWaiting = Integer.MAX_VALUE;

    @GuardedBy("this")
    private long dropped;

    /// Used by the publisher's thread only.
    private long reportedDropped;

    /// - `onEnded`: called when the stream has ended; must not block
    /// - `encoder`: formats frames and begins to send them, so that the publisher's thread need not
    ViewerFeed(ClientConnection clientConnection, LiveFormat format, Runnable onEnded, Executor encoder) {
        this.sendQueue = new SendQueue<>(this::write, this::failed, encoder);
        this.clientConnection = clientConnection;
        this.format = format;
        this.onEnded = onEnded;
    }

    @Override
    public void accept(AccessUnit unit) {
        if (sendQueue.pendingWriteNanos(System.nanoTime()) > MAX_STALL.toNanos()) {
            clientConnection.close("nothing was read for " + MAX_STALL.toSeconds() + " s");
        }
        if (admit(unit)) {
            var notice = dropNotice();
            sendQueue.add(() -> join(notice, format.encode(unit)));
        }
    }

    @Override
    public void ended() {
        onEnded.run();
    }

    /// Sends a message after the waiting frames.
    void sendMessage(WebSocketMessage webSocketMessage) {
        sendQueue.add(() -> List.of(webSocketMessage));
    }

    /// The stream's cached group follows: all of it may wait.
    synchronized void startCatchUp() {
        start.restart();
        maxWaiting = Integer.MAX_VALUE;
    }

    /// The cached group has been queued: from now on the queue is bounded, and the bound shrinks as the queue
    /// drains.
    synchronized void endCatchUp() {
        maxWaiting = sendQueue.size() + MAX_BEHIND;
    }

    /// Frames not sent: the viewer was too slow, or no IDR frame had arrived.
    synchronized long dropped() {
        return dropped;
    }

    private synchronized boolean admit(AccessUnit unit) {
        if (maxWaiting != Integer.MAX_VALUE) {
            maxWaiting = Math.min(maxWaiting, sendQueue.size() + MAX_BEHIND);
        }
        if (sendQueue.size() >= maxWaiting) {
            dropped += sendQueue.clear();
            start.restart();
        }
        boolean isDecodable = start.admits(unit);
        dropped += isDecodable ? 0 : 1;
        return isDecodable;
    }

    /// The message to send before the next frame if frames were dropped since the last.
    private List<WebSocketMessage> dropNotice() {
        long total = dropped();
        if (total == reportedDropped) {
            return List.of();
        }
        reportedDropped = total;
        return List.of(Json.text(new LiveText.Dropped(total)));
    }

    private static List<WebSocketMessage> join(List<WebSocketMessage> first, List<WebSocketMessage> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("viewer lost cause={}", String.valueOf(cause));
        }
        clientConnection.close("a frame could not be sent");
    }

    private CompletionStage<Void> write(Supplier<List<WebSocketMessage>> message) {
        CompletionStage<Void> last = CompletableFuture.completedStage(null);
        for (WebSocketMessage webSocketMessage : message.get()) {
            last = clientConnection.send(webSocketMessage);
        }
        return last;
    }
}
