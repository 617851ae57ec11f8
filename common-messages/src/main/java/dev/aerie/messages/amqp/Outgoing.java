package dev.aerie.messages.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.aerie.messages.Messages;
import java.io.IOException;
import java.util.Set;

/// A message on its way out; owns its bytes.
final class Outgoing {

    private static final int TRANSIENT = 1;
    private static final int PERSISTENT = 2;
    private static final AMQP.BasicProperties LIVE = properties(TRANSIENT);
    private static final AMQP.BasicProperties KEPT = properties(PERSISTENT);

    private final String exchange;
    private final byte[] body;

    Outgoing(String exchange, byte[] body) {
        this.exchange = exchange;
        this.body = body;
    }

    String exchange() {
        return exchange;
    }

    /// Sends it into its exchange, which is declared on the channel's first message to it; `declared` remembers.
    void send(Channel channel, Set<String> declared, boolean persistent) throws IOException {
        if (declared.add(exchange)) {
            declareExchange(channel, exchange);
        }
        channel.basicPublish(exchange, "", persistent ? KEPT : LIVE, body);
    }

    /// Puts a persistent message into a queue by name.
    static void sendToQueue(Channel channel, String queue, byte[] body) throws IOException {
        channel.basicPublish("", queue, KEPT, body);
    }

    /// Durable fanout, as every exchange of the fleet is.
    static void declareExchange(Channel channel, String exchange) throws IOException {
        channel.exchangeDeclare(exchange, "fanout", true);
    }

    private static AMQP.BasicProperties properties(int deliveryMode) {
        return new AMQP.BasicProperties.Builder()
                .contentType(Messages.CONTENT_TYPE)
                .deliveryMode(deliveryMode)
                .build();
    }
}
