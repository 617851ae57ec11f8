package dev.aerie.messages.testing;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A client of the broker that knows nothing of the fleet: what an operator sees.
public final class PlainClient implements AutoCloseable {

    private final Connection connection;

    public PlainClient(String brokerUrl) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(brokerUrl.replaceAll("/$", ""));
        connection = factory.newConnection("watcher");
    }

    /// Messages that wait in the queue; -1 where there is no such queue.
    public long waiting(String queue) {
        return asks(channel -> channel.messageCount(queue), -1L);
    }

    /// Consumers of the queue; -1 where there is no such queue.
    public long consumers(String queue) {
        return asks(channel -> channel.consumerCount(queue), -1L);
    }

    /// Whether another connection owns a queue of this name.
    public boolean isLocked(String queue) {
        Channel channel = channel();
        try {
            channel.queueDeclarePassive(queue);
            return false;
        } catch (IOException e) {
            return e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.RESOURCE_LOCKED;
        } finally {
            end(channel);
        }
    }

    /// Takes everything out of a queue, oldest first.
    public List<GetResponse> takeAll(String queue) {
        var all = new ArrayList<GetResponse>();
        Channel channel = channel();
        try {
            for (var next = channel.basicGet(queue, true); next != null; next = channel.basicGet(queue, true)) {
                all.add(next);
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end(channel);
        }
    }

    /// A queue of its own, bound to a fanout exchange that is declared as the fleet does.
    public void bind(String queue, String exchange) throws Exception {
        try (Channel channel = connection.createChannel()) {
            channel.exchangeDeclare(exchange, "fanout", true);
            channel.queueDeclare(queue, false, false, true, Map.of());
            channel.queueBind(queue, exchange, "");
        }
    }

    /// An exclusive queue, held until this client is closed.
    public void hold(String queue) throws Exception {
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, false, true, true, Map.of());
        }
    }

    public void publish(String exchange, String queue, byte[] body) throws Exception {
        try (Channel channel = connection.createChannel()) {
            channel.basicPublish(exchange, queue, null, body);
        }
    }

    @Override
    public void close() {
        connection.abort();
    }

    private Channel channel() {
        try {
            return connection.createChannel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Channel channel) {
        try {
            channel.abort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Question {
        long ask(Channel channel) throws IOException;
    }

    private long asks(Question question, long otherwise) {
        Channel channel = channel();
        try {
            return question.ask(channel);
        } catch (IOException _) {
            return otherwise;
        } finally {
            end(channel);
        }
    }
}
