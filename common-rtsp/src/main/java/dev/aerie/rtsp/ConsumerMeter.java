package dev.aerie.rtsp;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// State and counters of a consumer, readable from any thread.
final class ConsumerMeter {

    private final Map<LossCause, Long> losses = new EnumMap<>(LossCause.class);
    private final DurationHistogram decode = new DurationHistogram();
    private ConsumerState state = ConsumerState.NEW;
    private String detail = "";
    private long received;
    private long processed;
    private long lastUnitAt;

    /// Failed and closed are final; a failure stays visible after the close that follows it.
    synchronized void enter(ConsumerState next, String why) {
        boolean ended = state == ConsumerState.FAILED || state == ConsumerState.CLOSED;
        if (!ended) {
            state = next;
            detail = why.isEmpty() ? detail : why;
        }
    }

    /// - `decodeNanos`: negative if nothing was decoded
    synchronized void received(long decodeNanos) {
        enter(ConsumerState.LIVE, "");
        received++;
        lastUnitAt = System.nanoTime();
        if (decodeNanos >= 0) {
            decode.add(decodeNanos);
        }
    }

    synchronized void processed() {
        processed++;
    }

    synchronized void lost(LossCause cause, String reason) {
        losses.merge(cause, 1L, Long::sum);
        enter(ConsumerState.WAITING, cause + ": " + reason);
    }

    synchronized ConsumerHealth health() {
        return new ConsumerHealth(state, detail);
    }

    synchronized ConsumerStatistics statistics(long dropped, long skipped) {
        return new ConsumerStatistics(
                state,
                received,
                dropped,
                skipped,
                processed,
                decode.mean(),
                decode.percentile(0.95),
                losses,
                received == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - lastUnitAt)));
    }
}
