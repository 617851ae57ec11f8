package dev.aerie.messages.amqp;

import dev.aerie.messages.MalformedMessageException;

/// Takes one message, on the subscriber's thread, one at a time; the body becomes the handler's.
@FunctionalInterface
public interface MessageHandler {

    /// Throws [MalformedMessageException] for a body that is no message; it is dropped and counted.
    void accept(String exchange, byte[] body) throws MalformedMessageException;
}
