package dev.aerie.benchmarks.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// The figures of one client with the messages of some streams.
///
/// - `client`: `aerie`, `amqp-client` or `perf-test`
/// - `offeredPerSecond`: what the streams publish
/// - `messagesPerSecond`: what the reader got
/// - `p99Ms`: from making a message to the reader's handler; null where none arrived
@JsonInclude(JsonInclude.Include.ALWAYS)
record BusRow(
        String client,
        Delivery kind,
        int streams,
        @JsonProperty("offered_per_second") long offeredPerSecond,
        @JsonProperty("messages_per_second") long messagesPerSecond,
        @JsonProperty("p99_ms") @Nullable Double p99Ms) {

    static final String HEADING = "client       kind       streams  offered/s  messages/s   p99 ms";

    /// The row below [#HEADING]; a dash for a missing value.
    String toLine() {
        return "%-12s %-10s %7d %10d %11d %8s"
                .formatted(
                        client,
                        kind.wireName(),
                        streams,
                        offeredPerSecond,
                        messagesPerSecond,
                        p99Ms == null ? "-" : "%.1f".formatted(p99Ms));
    }

    /// What is promised of a message.
    enum Delivery {
        /// The newest ones count: beyond its bound the publisher drops the oldest.
        @JsonProperty("live")
        LIVE,
        /// None is lost: the publisher waits for the broker's confirmation, and for room.
        @JsonProperty("confirmed")
        CONFIRMED;

        String wireName() {
            return this == LIVE ? "live" : "confirmed";
        }
    }
}
