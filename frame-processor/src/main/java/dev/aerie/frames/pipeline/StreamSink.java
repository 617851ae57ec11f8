package dev.aerie.frames.pipeline;

/// A further consumer of one stream's processed frames.
///
/// Called on the stream's own thread, which it must not block: long work is done elsewhere, with a bound.
public interface StreamSink extends AutoCloseable {

    /// Takes a processed frame, lent for the call.
    void accept(ProcessedFrame processed);

    @Override
    default void close() {}

    /// Makes one for a stream; whoever opens it closes it.
    @FunctionalInterface
    interface Factory {
        StreamSink open(String stream, String session);
    }
}
