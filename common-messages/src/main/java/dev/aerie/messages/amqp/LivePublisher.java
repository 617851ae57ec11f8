package dev.aerie.messages.amqp;

import dev.aerie.messages.Message;
import java.util.Map;

/// Publishes live results: never waits, keeps at most `capacity` messages until the broker has confirmed them,
/// drops the oldest beyond that and counts them. What was on its way when the broker died is sent again and may
/// arrive twice.
///
/// A [ConfirmedPublisher] whose bound gives way to the newest. Safe for any number of threads; owns its own until
/// [#close], which takes at most about two seconds and drops what is still unconfirmed.
public final class LivePublisher implements AutoCloseable {

    private final ConfirmedPublisher publisher;

    public LivePublisher(BrokerConnection connection, int capacity) {
        publisher = ConfirmedPublisher.ofLive(connection, capacity, Math.max(1, capacity / 2));
    }

    public void start() {
        publisher.start();
    }

    /// Publishes on the exchange of its kind.
    public void publish(Message message) {
        publisher.offerNewest(OutgoingMessage.of(message));
    }

    /// Publishes on another exchange than the one of its kind.
    public void publish(String exchange, Message message) {
        publisher.offerNewest(OutgoingMessage.of(exchange, message));
    }

    /// Publishes a body that is already written, which becomes this publisher's.
    public void publish(String exchange, byte[] body) {
        publisher.offerNewest(OutgoingMessage.of(exchange, body));
    }

    /// Messages that the broker confirmed, by exchange.
    public Map<String, Long> publishedByExchange() {
        return publisher.confirmedByExchange();
    }

    /// Messages that the broker confirmed.
    public long published() {
        return publisher.counts().confirmed();
    }

    /// Messages that were dropped because newer ones filled the bound.
    public long dropped() {
        return publisher.displaced();
    }

    /// Messages that wait for the broker or for its confirmation.
    public int buffered() {
        return publisher.counts().unconfirmed();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
