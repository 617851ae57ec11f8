package dev.aerie.storage.catalog;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.service.direct.ResultLog;
import java.time.Duration;

/// The destination of messages of the [Outbox].
public interface OutboxSender {

    /// Accepts a message; false if it cannot do so now.
    boolean offer(String exchange, byte[] body);

    /// Whether all accepted messages have arrived; waits up to `limit` for that.
    boolean awaitConfirmed(Duration limit) throws InterruptedException;

    /// A sender to the broker, which must receive each message.
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

    /// A sender to the broker while it is connected, otherwise to the log.
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
