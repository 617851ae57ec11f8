package dev.aerie.ingest.source;

import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.InvalidFieldException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The sources that this server runs, by stream. Changes are serialized and wait for the old source to end; reading
/// state never waits.
public final class Sources implements AutoCloseable {

    /// Time limit for ending one source, and for ending all together.
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final SourceInput.Opener opener;
    private final Streams streams;
    private final int maxSources;
    private final ConcurrentSkipListMap<String, Slot> slots = new ConcurrentSkipListMap<>();

    private record Slot(SourceSpec spec, Optional<SourceRunner> running) {}

    public Sources(SourceInput.Opener opener, Streams streams, int maxSources) {
        this.opener = opener;
        this.streams = streams;
        this.maxSources = maxSources;
    }

    /// Adds a source, or replaces the one of that stream, and starts it. Throws [InvalidFieldException] for a name
    /// that cannot be a stream's, [IllegalStateException] where there are too many.
    public synchronized void put(String stream, SourceSpec spec) {
        if (!FrameId.isStreamName(stream)) {
            throw new InvalidFieldException("stream", "[a-z0-9][a-z0-9_-]{0,62}");
        }
        if (slots.size() >= maxSources && !slots.containsKey(stream)) {
            throw new IllegalStateException("there are " + maxSources + " sources already (MAX_STREAMS)");
        }
        stopRunning(stream);
        run(stream, spec);
    }

    /// Removes it; returns whether there was one.
    public synchronized boolean remove(String stream) {
        stopRunning(stream);
        return slots.remove(stream) != null;
    }

    /// Removes all; they end in parallel, within 10 s.
    public synchronized void removeAll() {
        var running = running();
        running.forEach(SourceRunner::end);
        long deadline = deadline();
        running.forEach(runner -> runner.closeBy(deadline));
        slots.clear();
    }

    /// Starts one that was stopped; returns whether there is such a source.
    public synchronized boolean start(String stream) {
        var slot = slots.get(stream);
        if (slot != null && !isRunning(slot)) {
            stopRunning(stream);
            run(stream, slot.spec());
        }
        return slot != null;
    }

    /// Stops one and keeps it; returns whether there is such a source.
    public synchronized boolean stop(String stream) {
        var slot = slots.get(stream);
        if (slot != null) {
            stopRunning(stream);
            slots.put(stream, new Slot(slot.spec(), Optional.empty()));
        }
        return slot != null;
    }

    /// Restarts one without waiting for it; does nothing if it does not exist or is stopped.
    public void restart(String stream) {
        Optional.ofNullable(slots.get(stream)).flatMap(Slot::running).ifPresent(SourceRunner::restart);
    }

    public List<String> names() {
        return List.copyOf(slots.keySet());
    }

    public Optional<SourceSnapshot> find(String stream) {
        return Optional.ofNullable(slots.get(stream)).map(slot -> snapshot(stream, slot));
    }

    public List<SourceSnapshot> snapshots() {
        var all = new ArrayList<SourceSnapshot>();
        slots.forEach((stream, slot) -> all.add(snapshot(stream, slot)));
        return all;
    }

    @Override
    public synchronized void close() {
        removeAll();
    }

    private void run(String stream, SourceSpec spec) {
        var runner = new SourceRunner(stream, spec, opener, streams);
        slots.put(stream, new Slot(spec, Optional.of(runner)));
        runner.start();
    }

    private void stopRunning(String stream) {
        Optional.ofNullable(slots.get(stream)).flatMap(Slot::running).ifPresent(runner -> runner.closeBy(deadline()));
    }

    private List<SourceRunner> running() {
        return slots.values().stream().flatMap(slot -> slot.running().stream()).toList();
    }

    private static long deadline() {
        return System.nanoTime() + CLOSE_LIMIT.toNanos();
    }

    private static boolean isRunning(Slot slot) {
        return slot.running()
                .filter(runner -> runner.state() != SourceState.FINISHED)
                .isPresent();
    }

    private static SourceSnapshot snapshot(String stream, Slot slot) {
        var spec = slot.spec();
        return new SourceSnapshot(
                stream,
                spec.type(),
                spec.describe(),
                slot.running().map(SourceRunner::state).orElse(SourceState.STOPPED),
                slot.running().map(SourceRunner::attempts).orElse(0L),
                slot.running().map(SourceRunner::lastError).orElse(""));
    }
}
