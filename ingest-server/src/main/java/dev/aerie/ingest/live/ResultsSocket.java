package dev.aerie.ingest.live;

import io.quarkus.websockets.next.WebSocket;
import java.time.Duration;
import java.util.regex.Pattern;

/// `WS /ws/results/{stream}`: every result of the fleet for that stream, joined by frame. `?join_ms=0..1000` is the
/// time that the first result of a frame waits for the others. The messages are in `docs/dashboard.md`.
@WebSocket(path = "/ws/results/{stream}")
public final class ResultsSocket extends StreamSocket<ResultSubscription> {

    private static final Duration DEFAULT_JOIN = Duration.ofMillis(50);
    private static final int MAX_JOIN_MILLIS = 1_000;
    private static final Pattern JOIN = Pattern.compile("(?:^|&)join_ms=(\\d{1,4})(?:&|$)");

    private final ResultHub hub;

    ResultsSocket(ResultHub hub) {
        this.hub = hub;
    }

    @Override
    ResultSubscription create(String stream, String query, ClientConnection connection) {
        return new ResultSubscription(stream, joinWindow(query), connection);
    }

    @Override
    void start(ResultSubscription subscription) {
        hub.add(subscription);
    }

    @Override
    void stop(ResultSubscription subscription) {
        hub.remove(subscription);
    }

    static Duration joinWindow(String query) {
        var join = JOIN.matcher(query);
        return join.find()
                ? Duration.ofMillis(Math.min(Integer.parseInt(join.group(1)), MAX_JOIN_MILLIS))
                : DEFAULT_JOIN;
    }
}
