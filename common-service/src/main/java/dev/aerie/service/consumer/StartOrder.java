package dev.aerie.service.consumer;

/// Priorities of the observers of `StartupEvent`: outputs start before inputs. [StopOrder] is the reverse.
public final class StartOrder {

    /// The connection to the broker and the publisher of results.
    public static final int BROKER = 1000;

    /// The outputs that a service writes its results to.
    public static final int OUTPUTS = 2000;

    /// Stream events, work queue, status messages, metrics.
    public static final int STREAMS = 3000;

    /// Other inputs and background work of a service.
    public static final int REST = 4000;

    /// The stream of `STREAM_NAME`, which is assigned without a work queue.
    public static final int DIRECT_STREAM = 5000;

    private StartOrder() {}
}
