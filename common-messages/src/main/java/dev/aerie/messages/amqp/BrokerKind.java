package dev.aerie.messages.amqp;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// What the broker is, told by its own properties: each kind bounds a queue by other arguments, and Qpid closes the
/// whole connection when it sees RabbitMQ's.
public enum BrokerKind {
    RABBITMQ,
    QPID,
    /// Queues get no arguments: whoever runs it bounds them by its policies.
    OTHER;

    static BrokerKind of(Map<String, Object> serverProperties) {
        String product = String.valueOf(serverProperties.get("product"));
        if (product.contains("RabbitMQ")) {
            return RABBITMQ;
        }
        return product.toLowerCase(Locale.ROOT).contains("qpid") ? QPID : OTHER;
    }

    /// Arguments of a queue that forgets its oldest messages beyond `maxMessages`, and, where the broker can, those
    /// older than `timeToLive`.
    Map<String, Object> liveQueue(int maxMessages, Duration timeToLive) {
        return switch (this) {
            case RABBITMQ ->
                Map.of("x-message-ttl", timeToLive.toMillis(), "x-max-length", maxMessages, "x-overflow", "drop-head");
            case QPID -> Map.of("qpid.policy_type", "ring", "qpid.max_count", maxMessages);
            case OTHER -> Map.of();
        };
    }

    /// Arguments of a queue that waits for a reader who may be away for long: beyond `maxBytes` it forgets its
    /// oldest messages.
    Map<String, Object> patientQueue(long maxBytes) {
        return switch (this) {
            case RABBITMQ -> Map.of("x-max-length-bytes", maxBytes, "x-overflow", "drop-head");
            case QPID -> Map.of("qpid.policy_type", "ring", "qpid.max_size", maxBytes);
            case OTHER -> Map.of();
        };
    }

    /// Arguments of a queue that shows an exchange's newest `maxMessages` to whoever looks, and that goes, where
    /// the broker can do that, once nobody has asked for it for `unused`.
    Map<String, Object> shownQueue(int maxMessages, long maxBytes, Duration unused) {
        return switch (this) {
            case RABBITMQ ->
                Map.of(
                        "x-max-length",
                        maxMessages,
                        "x-max-length-bytes",
                        maxBytes,
                        "x-overflow",
                        "drop-head",
                        "x-expires",
                        unused.toMillis());
            case QPID -> Map.of("qpid.policy_type", "ring", "qpid.max_count", maxMessages, "qpid.max_size", maxBytes);
            case OTHER -> Map.of();
        };
    }
}
