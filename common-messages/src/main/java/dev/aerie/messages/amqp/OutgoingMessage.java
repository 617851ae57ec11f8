package dev.aerie.messages.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.trace.FrameSampling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message on its way out, with the properties that an operator sees beside it; owns its bytes.
///
/// - `type`: the schema; `app_id`: who made it, `frame-processor/laptop`; `timestamp`: when
/// - `message_id`: the frame that it is about, `drone/01K9…/1042`, where it is about one
/// - header `traceparent`: the trace of that frame, where it is followed ([FrameSampling])
final class OutgoingMessage {

    private static final int PERSISTENT = 2;
    private static final int SHORT_STRING_BYTES = 255;
    private static final FrameSampling SAMPLING = FrameSampling.of(System.getenv());

    private final String exchange;
    private final byte[] body;
    private final AMQP.BasicProperties properties;

    private OutgoingMessage(String exchange, byte[] body, AMQP.BasicProperties properties) {
        this.exchange = exchange;
        this.body = body;
        this.properties = properties;
    }

    static OutgoingMessage of(Message message) {
        return of(MessageType.of(message.getClass()).exchange(), message);
    }

    /// For an exchange that is not the one of its kind.
    static OutgoingMessage of(String exchange, Message message) {
        return new OutgoingMessage(exchange, Messages.write(message), propertiesOf(message, frameOf(message)));
    }

    /// A body that is already written; what it says of itself is read from it where it is a message of the fleet.
    static OutgoingMessage of(String exchange, byte[] body) {
        try {
            Message message = Messages.read(body);
            return new OutgoingMessage(exchange, body, propertiesOf(message, frameOf(message)));
        } catch (MalformedMessageException _) {
            return new OutgoingMessage(exchange, body, plain().build());
        }
    }

    String exchange() {
        return exchange;
    }

    int bodyBytes() {
        return body.length;
    }

    /// Sends it into its exchange, which is declared on the channel's first message to it; `declared` remembers.
    ///
    /// - `mandatory`: the broker is to send it back where no queue takes it
    void send(Channel channel, Set<String> declared, boolean mandatory) throws IOException {
        if (declared.add(exchange)) {
            declareExchange(channel, exchange);
        }
        channel.basicPublish(exchange, "", mandatory, properties, body);
    }

    /// Puts a persistent message into a queue by name, under an id of the caller's.
    static void sendToQueue(Channel channel, String queue, Message message, String id) throws IOException {
        channel.basicPublish("", queue, propertiesOf(message, id), Messages.write(message));
    }

    /// Durable fanout, as every exchange of the fleet is.
    static void declareExchange(Channel channel, String exchange) throws IOException {
        channel.exchangeDeclare(exchange, "fanout", true);
    }

    private static AMQP.BasicProperties propertiesOf(Message message, @Nullable String id) {
        Envelope envelope = message.envelope();
        var producer = envelope.producer();
        return plain().type(message.schema())
                .appId(fitting(producer.service() + "/" + producer.instance()))
                .timestamp(Date.from(envelope.madeAt()))
                .messageId(fitting(id))
                .headers(headers(envelope, SAMPLING))
                .build();
    }

    /// Null where there are none, which is what AMQP's properties take.
    static @Nullable Map<String, Object> headers(Envelope envelope, FrameSampling sampling) {
        return !sampling.isOn() || envelope.frameNumber() == null
                ? null
                : sampling.sample(envelope.frameId())
                        .map(trace -> Map.<String, Object>of("traceparent", trace.traceparent()))
                        .orElse(null);
    }

    private static @Nullable String frameOf(Message message) {
        Envelope envelope = message.envelope();
        return envelope.frameNumber() == null
                ? null
                : envelope.stream() + "/" + envelope.session() + "/" + envelope.frameNumber();
    }

    /// Null for what AMQP's short strings cannot hold: a sender's own names may be as long as it likes.
    private static @Nullable String fitting(@Nullable String text) {
        return text == null || text.getBytes(StandardCharsets.UTF_8).length > SHORT_STRING_BYTES ? null : text;
    }

    private static AMQP.BasicProperties.Builder plain() {
        return new AMQP.BasicProperties.Builder()
                .contentType(Messages.CONTENT_TYPE)
                .deliveryMode(PERSISTENT);
    }
}
