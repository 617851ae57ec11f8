package dev.aerie.storage.catalog;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.service.direct.ResultLog;
import java.time.Duration;

/// Where announcements go.
public interface OutboxSender {

    /// Takes a message; false where it cannot now.
    boolean offer(String exchange, byte[] body);

    /// Whether all that was taken has arrived; waits for it as long as `limit`.
    boolean awaitConfirmed(Duration limit) throws InterruptedException;

    /// The broker, which must have each.
    static OutboxSender of(ConfirmedPublisher publisher) {
        return new OutboxSender() {
            @Override
            public boolean offer(String exchange, byte[] body) {
                return publisher.offer(exchange, body);
            }

            @Override
            public boolean awaitConfirmed(Duration limit) throws InterruptedException {
                return publisher.awaitConfirmed(limit);
            }
        };
    }

    /// The broker while it is there, the log while it is not.
    static OutboxSender logging(ConfirmedPublisher publisher, BrokerConnection broker, ResultLog log) {
        return new OutboxSender() {
            @Override
            public boolean offer(String exchange, byte[] body) {
                if (broker.isConnected()) {
                    return publisher.offer(exchange, body);
                }
                log.write(body);
                return true;
            }

            @Override
            public boolean awaitConfirmed(Duration limit) throws InterruptedException {
                return publisher.awaitConfirmed(limit);
            }
        };
    }
}
