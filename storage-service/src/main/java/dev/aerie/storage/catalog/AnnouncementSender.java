package dev.aerie.storage.catalog;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.service.direct.ResultLog;
import java.time.Duration;

/// Where announcements go.
public interface AnnouncementSender {

    /// Takes a message; false where it cannot now.
    boolean offer(String exchange, byte[] body);

    /// Whether all that was taken has arrived; waits for it as long as `limit`.
    boolean awaitConfirmed(Duration limit) throws InterruptedException;

    /// The broker, which must have each.
    static AnnouncementSender of(ConfirmedPublisher publisher) {
        return new AnnouncementSender() {
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
    static AnnouncementSender logging(ConfirmedPublisher publisher, BrokerConnection broker, ResultLog log) {
        return new AnnouncementSender() {
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
