package dev.aerie.ingest.stream;

import dev.aerie.threads.BackgroundTasks;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notifies listeners of stream changes, in order, on a dedicated thread: a slow listener blocks no stream, a
/// failing one affects neither the stream nor the other listeners.
final class StreamChangeNotifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamChangeNotifier.class);

    private final List<StreamChange.Listener> listeners = new CopyOnWriteArrayList<>();
    private final Executor thread;
    private final Runnable close;

    private StreamChangeNotifier(Executor thread, Runnable close) {
        this.thread = thread;
        this.close = close;
    }

    /// Notifies on a dedicated thread, which [#close] ends.
    static StreamChangeNotifier onDedicatedThread() {
        var tasks = new BackgroundTasks("stream-changes");
        return new StreamChangeNotifier(tasks::execute, tasks::close);
    }

    /// Notifies on `thread`, which must run one task at a time, in order.
    static StreamChangeNotifier on(Executor thread) {
        return new StreamChangeNotifier(thread, () -> {});
    }

    void addListener(StreamChange.Listener listener) {
        listeners.add(listener);
    }

    /// Returns at once.
    void publish(StreamChange change) {
        var id = change.last().id();
        LOG.info(
                "stream {} stream={} session={} frame={}",
                change.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                id.stream(),
                id.session(),
                id.frameNumber());
        // One task per listener, so that the executor's exception handling applies to each.
        listeners.forEach(listener -> thread.execute(() -> listener.heard(change)));
    }

    /// Delivers the pending changes, and ends.
    @Override
    public void close() {
        close.run();
    }
}
