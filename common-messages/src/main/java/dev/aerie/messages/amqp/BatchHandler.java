package dev.aerie.messages.amqp;

import java.io.IOException;
import java.util.List;

/// Takes messages for good, on the subscriber's thread, one batch at a time; the bodies become the handler's.
@FunctionalInterface
public interface BatchHandler {

    /// Returns when every message is safe. Throws [IOException] while that is not possible, a full disk for one:
    /// the same batch comes again.
    void accept(List<byte[]> bodies) throws IOException;
}
