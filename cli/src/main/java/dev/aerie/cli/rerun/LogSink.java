package dev.aerie.cli.rerun;

import java.io.IOException;

/// Takes the messages of a recording, in order.
@FunctionalInterface
public interface LogSink {
    void accept(LogMessage message) throws IOException;
}
