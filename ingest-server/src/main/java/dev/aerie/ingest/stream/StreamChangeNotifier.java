package dev.aerie.ingest.stream;

import dev.aerie.threads.BackgroundTasks;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners what happens to streams, in order, on a thread of its own: one that is slow holds up no stream, one
/// that fails costs neither the stream nor the others anything.
final class StreamChangeNotifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamChangeNotifier.class);

    private final List<StreamChange.Listener> listeners = new CopyOnWriteArrayList<>();
    private final Executor thread;
    private final Runnable close;

    private StreamChangeNotifier(Executor thread, Runnable close) {
        this.thread = thread;
        this.close = close;
    }

    /// Tells on a thread of its own, which [#close] ends.
    static StreamChangeNotifier onDedicatedThread() {
        var tasks = new BackgroundTasks("stream-changes");
        return new StreamChangeNotifier(tasks::execute, tasks::close);
    }

    /// Tells by `thread`, which must run one task at a time, in order.
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
        // A task for each, so that the thread's guard stands around each of them.
        listeners.forEach(listener -> thread.execute(() -> listener.heard(change)));
    }

    /// Tells what has not been told yet, and ends.
    @Override
    public void close() {
        close.run();
    }
}
