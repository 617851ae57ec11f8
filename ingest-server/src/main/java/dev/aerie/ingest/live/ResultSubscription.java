package dev.aerie.ingest.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.live.ResultText.RawJson;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.MessageHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One client's subscription to one stream's results, joined by frame.
///
/// The first result of a frame waits up to the join window for the others, then all that arrived are sent as one
/// message; a later result is sent separately. With a window of zero each result is sent at once. A client that
/// reads too slowly loses the oldest messages; they are counted. Thread-safe, never blocks.
final class ResultSubscription {

    static final int MAX_WAITING = 256;
    static final int MAX_JOINING = 256;

    private final String stream;
    private final long joinNanos;
    private final SendQueue<WebSocketMessage> sendQueue;

    @GuardedBy("this")
    private final LinkedHashMap<FrameId, Joining> joining = new LinkedHashMap<>();

    @GuardedBy("this")
    private long dropped;

    private record Joining(long sinceNanos, Map<String, RawJson> results) {}

    ResultSubscription(String stream, Duration joinWindow, ClientConnection clientConnection) {
        this.stream = stream;
        this.joinNanos = joinWindow.toNanos();
        this.sendQueue = new SendQueue<>(clientConnection::send, _ -> {}, Runnable::run);
    }

    String stream() {
        return stream;
    }

    /// One message about the stream; `body` is its JSON, sent as it is.
    void accept(MessageHeader header, String body) {
        String kind = kindOf(header);
        var json = new RawJson(body);
        if (!isAboutFrame(header)) {
            send(new ResultText.Event(stream, kind, json));
        } else if (joinNanos == 0) {
            send(result(header.envelope().frameId(), Map.of(kind, json)));
        } else {
            join(header.envelope().frameId(), kind, json);
        }
    }

    void rates(ResultHub.RatesReport report) {
        send(new ResultText.Rates(stream, report.broker(), report.of(stream), dropped()));
    }

    /// Sends the frames whose window is over.
    void flush(long nowNanos) {
        takeDue(nowNanos).forEach(this::send);
    }

    /// Whether a frame waits for more results.
    synchronized boolean isJoining() {
        return !joining.isEmpty();
    }

    synchronized long dropped() {
        return dropped;
    }

    private synchronized void join(FrameId frame, String kind, RawJson json) {
        joining.computeIfAbsent(frame, _ -> new Joining(System.nanoTime(), new LinkedHashMap<>()))
                .results()
                .put(kind, json);
        if (joining.size() > MAX_JOINING) {
            joining.pollFirstEntry();
            dropped++;
        }
    }

    private synchronized List<ResultText> takeDue(long nowNanos) {
        var due = new ArrayList<ResultText>();
        var oldest = joining.firstEntry();
        while (oldest != null && nowNanos - oldest.getValue().sinceNanos() >= joinNanos) {
            joining.pollFirstEntry();
            due.add(result(oldest.getKey(), oldest.getValue().results()));
            oldest = joining.firstEntry();
        }
        return due;
    }

    private void send(ResultText text) {
        if (sendQueue.size() >= MAX_WAITING && sendQueue.dropOldest() != null) {
            synchronized (this) {
                dropped++;
            }
        }
        sendQueue.add(Json.text(text));
    }

    private static ResultText result(FrameId frame, Map<String, RawJson> results) {
        return new ResultText.Result(frame.stream(), frame.session(), frame.frameNumber(), results);
    }

    /// Stream events and alerts name a frame too, but are no results of it.
    private static boolean isAboutFrame(MessageHeader header) {
        String exchange = header.type().exchange();
        return header.envelope().frameNumber() != null
                && !exchange.equals(Exchanges.STREAM_EVENTS)
                && !exchange.equals(Exchanges.ALERTS);
    }

    /// `frame_result` of `aerie.frame_result/1`.
    private static String kindOf(MessageHeader header) {
        String schema = header.type().schema();
        return schema.substring(schema.indexOf('.') + 1, schema.indexOf('/'));
    }
}
