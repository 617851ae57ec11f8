package dev.aerie.service.worker;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerStatistics;
import java.time.Duration;
import java.util.Locale;

/// The work on one session of one stream; owns everything it needs until [#close].
public interface StreamWorker extends AutoCloseable {

    StreamAssignment assignment();

    ConsumerHealth health();

    ConsumerStatistics statistics();

    @Override
    void close();

    default String stream() {
        return assignment().stream();
    }

    default String session() {
        return assignment().session();
    }

    /// The session in the newest frame's identity; empty before the first frame.
    default String seenSession() {
        return "";
    }

    /// A problem that exists although frames flow, in words; empty if there is none.
    default String trouble() {
        return "";
    }

    /// Whether it is closed and none of its threads runs any more.
    default boolean hasEnded() {
        return true;
    }

    /// Whether frames flow, in words for an operator: `flows, last frame 12 ms ago`.
    ///
    /// - `live`: the word for a stream whose frames flow
    default String flow(String live) {
        var health = health();
        String age = statistics()
                .lastUnitAge()
                .map(Duration::toMillis)
                .map(millis -> ", last frame " + millis + " ms ago")
                .orElse(", no frame yet");
        String why = health.isLive() || health.detail().isEmpty() ? "" : ", " + health.detail();
        return (health.isLive() ? live : health.state().name().toLowerCase(Locale.ROOT)) + age + why;
    }
}
