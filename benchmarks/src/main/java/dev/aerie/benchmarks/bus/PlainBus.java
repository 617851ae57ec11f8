package dev.aerie.benchmarks.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.aerie.messages.amqp.BrokerAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/// RabbitMQ's Java client with nothing around it: bodies of the same mean size whose first eight bytes are the time.
final class PlainBus implements BusClient {

    private static final int PERSISTENT = 2;
    private static final int WINDOW = 2048;

    @Override
    public String name() {
        return "amqp-client";
    }

    @Override
    public Optional<String> obstacle() {
        return Optional.empty();
    }

    @Override
    public BusRow measure(BusRun run, BrokerAddress broker) throws IOException, TimeoutException, InterruptedException {
        ConnectionFactory factory = factory(broker);
        try (Connection connection = factory.newConnection("bench-reader");
                Channel channel = connection.createChannel()) {
            String queue = declare(channel);
            channel.basicQos(PREFETCH);
            var arrivals = new Arrivals(run);
            channel.basicConsume(
                    queue,
                    false,
                    (_, delivery) -> {
                        arrivals.add(ByteBuffer.wrap(delivery.getBody()).getLong());
                        channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                    },
                    _ -> {});
            publish(run, factory);
            arrivals.awaitQuiet();
            return arrivals.row(name(), run);
        }
    }

    /// Takes the benchmark's exchange from the broker.
    static void deleteExchange(BrokerAddress broker) throws IOException, TimeoutException {
        try (Connection connection = factory(broker).newConnection("bench-end");
                Channel channel = connection.createChannel()) {
            channel.exchangeDelete(EXCHANGE);
        }
    }

    /// RabbitMQ refuses arguments that it does not know, and so does every other broker with RabbitMQ's: this benchmark
    /// is for RabbitMQ.
    private static String declare(Channel channel) throws IOException {
        channel.exchangeDeclare(EXCHANGE, "fanout", true);
        Map<String, Object> arguments = Map.of("x-max-length", QUEUE_MESSAGES, "x-overflow", "drop-head");
        String queue = channel.queueDeclare("", false, true, true, arguments).getQueue();
        channel.queueBind(queue, EXCHANGE, "");
        return queue;
    }

    private static void publish(BusRun run, ConnectionFactory factory)
            throws IOException, TimeoutException, InterruptedException {
        List<Connection> connections = new ArrayList<>();
        try {
            var senders = new ArrayList<BusRun.Sender>();
            for (int i = 0; i < BusRun.PUBLISHERS; i++) {
                Connection connection = factory.newConnection("bench-publisher-" + i);
                connections.add(connection);
                senders.add(sender(connection.createChannel(), run.kind()));
            }
            BusClient.publish(run, senders::get);
        } finally {
            connections.forEach(Connection::abort);
        }
    }

    private static BusRun.Sender sender(Channel channel, BusRow.Delivery kind) throws IOException {
        var properties = new AMQP.BasicProperties.Builder()
                .contentType("application/octet-stream")
                .deliveryMode(PERSISTENT)
                .build();
        int bytes = StreamTraffic.meanBytes();
        var window = new Semaphore(WINDOW);
        if (kind == BusRow.Delivery.CONFIRMED) {
            channel.confirmSelect();
            var settled = new Settled(window);
            channel.addConfirmListener(settled::upTo, settled::upTo);
        }
        return (_, _) -> {
            if (kind == BusRow.Delivery.CONFIRMED) {
                window.acquire();
            }
            byte[] body = ByteBuffer.allocate(bytes).putLong(System.nanoTime()).array();
            channel.basicPublish(EXCHANGE, "", properties, body);
        };
    }

    private static ConnectionFactory factory(BrokerAddress broker) throws IOException {
        var factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.user());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        if (broker.tls()) {
            try {
                factory.useSslProtocol(SSLContext.getDefault());
            } catch (GeneralSecurityException e) {
                throw new IOException("this JDK has no TLS", e);
            }
        }
        return factory;
    }

    /// Gives back the room of confirmed messages. Called by the connection's one thread.
    private static final class Settled {

        private final Semaphore window;
        private long last;

        Settled(Semaphore window) {
            this.window = window;
        }

        void upTo(long sequence, boolean multiple) {
            if (multiple) {
                window.release((int) (sequence - last));
                last = sequence;
            } else {
                window.release();
                last = Math.max(last, sequence);
            }
        }
    }
}
