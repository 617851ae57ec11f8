package dev.aerie.messages.testing;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The first answer of a broker that starts.
final class BrokerAnswer {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long PAUSE_MILLIS = 100;

    private BrokerAnswer() {}

    /// Waits until RabbitMQ answers at a port of this machine; fails with its `log` when it is not `alive` any more, or
    /// after a minute and a half.
    static void await(int port, BooleanSupplier alive, Supplier<String> log) {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline && alive.getAsBoolean()) {
            try (var connection = factory.newConnection("ready?")) {
                if (connection.isOpen()) {
                    return;
                }
            } catch (IOException | TimeoutException _) {
                pause();
            }
        }
        throw new IllegalStateException("RabbitMQ does not answer; its log:\n" + log.get());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while RabbitMQ starts", e);
        }
    }
}
