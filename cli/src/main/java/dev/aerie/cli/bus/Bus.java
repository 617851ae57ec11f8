package dev.aerie.cli.bus;

import dev.aerie.host.Installation;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A command's connection to the broker.
final class Bus {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(6);
    private static final long LOOK_MILLIS = 20;

    private Bus() {}

    /// Begins to connect; throws [IllegalArgumentException] for an invalid address.
    static BrokerConnection connect(Map<String, String> environment, Installation installation, String command) {
        var connection = new BrokerConnection(address(BrokerChoice.url(environment, installation)), "aerie " + command);
        connection.start();
        return connection;
    }

    private static BrokerAddress address(String url) {
        try {
            return BrokerAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("RABBITMQ_URL: " + e.getMessage(), e);
        }
    }

    /// Waits until `ready`; throws [IOException] with the reason after a time limit.
    static void await(BrokerConnection connection, BooleanSupplier ready) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CONNECT_LIMIT.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the broker cannot be used: "
                        + connection.lastFailure().orElse("it does not answer") + " (set RABBITMQ_URL for another)");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
