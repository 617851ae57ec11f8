package dev.aerie.ingest.live;

import dev.aerie.messages.Message;
import dev.aerie.messages.MessageHeader;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import java.nio.charset.StandardCharsets;

/// Messages as they arrive from the bus.
final class BusMessages {

    private BusMessages() {}

    static void give(ResultHub hub, Message message) {
        hub.accept(header(message), json(message));
    }

    static MessageHeader header(Message message) {
        return new MessageHeader(MessageType.of(message.getClass()), message.envelope());
    }

    static String json(Message message) {
        return new String(Messages.write(message), StandardCharsets.UTF_8);
    }
}
