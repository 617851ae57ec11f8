package dev.aerie.frames.pipeline;

/// Does something more with the frames of one stream that were looked at.
///
/// Called on the stream's own thread, which it must not hold up: whatever takes long is done elsewhere,
/// with a bound.
public interface StreamSink extends AutoCloseable {

    /// Takes a frame; its frame is lent for the call.
    void accept(ProcessedFrame processed);

    @Override
    default void close() {}

    /// Makes one for a stream; whoever opens it closes it.
    @FunctionalInterface
    interface Factory {
        StreamSink open(String stream, String session);
    }
}
