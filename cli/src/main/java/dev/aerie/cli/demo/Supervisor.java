package dev.aerie.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.host.PartFailedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Keeps the parts of a demo running: restarts one that ends and reports it in a line, the others continue. One that
/// ends [Part#MAX_ENDS] times within [Part#WITHIN] ends the demo, as does one that cannot start.
///
/// Used by one thread; [#close] by any.
final class Supervisor implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration READING = Duration.ofSeconds(1);

    /// Poll interval while waiting for a part's work.
    private static final Duration EAGER_READING = Duration.ofMillis(400);

    /// Ctrl-C reaches every process of a terminal: a part ends at most this long before this process.
    private static final Duration MOMENT = Duration.ofMillis(400);

    private final Path logs;
    private final PrintStream out;

    @GuardedBy("this")
    private final List<Part> parts = new ArrayList<>();

    @GuardedBy("this")
    private boolean closed;

    private long readAtNanos = System.nanoTime();

    /// Called in every round.
    interface Round {
        void look() throws PartFailedException;
    }

    Supervisor(Path logs, PrintStream out) {
        this.logs = logs;
        this.out = out;
    }

    synchronized Part start(PartPlan plan) throws PartFailedException {
        requireOpen(plan.name());
        var part = Part.start(plan, logs);
        parts.add(part);
        return part;
    }

    /// Waits until every one of `starting` is ready; throws if one ends before, or after `limit`.
    void awaitReady(List<Part> starting, Duration limit) throws PartFailedException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        var waiting = new ArrayList<>(starting);
        while (!waiting.isEmpty()) {
            for (Part part : waiting) {
                part.child().requireStarting();
            }
            if (System.nanoTime() > deadline) {
                var late = waiting.getFirst();
                throw new PartFailedException("%s is not ready after %d s: %s (see %s)"
                        .formatted(
                                late.name(),
                                limit.toSeconds(),
                                late.child().lastLine(),
                                late.child().log()));
            }
            waiting.removeIf(Part::isReady);
            Thread.sleep(LOOK);
        }
    }

    /// Supervises the parts until `over`.
    void watch(BooleanSupplier over, Round round) throws PartFailedException, InterruptedException {
        while (!over.getAsBoolean()) {
            look();
            round.look();
            Thread.sleep(LOOK);
        }
    }

    /// Ends a part's process and starts it again; not counted as a restart.
    synchronized void renew(Part part) throws PartFailedException {
        requireOpen(part.name());
        part.renew();
    }

    /// Number of restarts by part.
    synchronized Map<String, Integer> restarts() {
        var restarts = new TreeMap<String, Integer>();
        parts.forEach(part -> restarts.put(part.name(), part.restarts()));
        return restarts;
    }

    /// The current process of a part.
    synchronized Optional<ProcessHandle> process(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(part -> part.child().handle())
                .findFirst();
    }

    /// Reads the counts of every part.
    void read() {
        all().forEach(Part::readWork);
        readAtNanos = System.nanoTime();
    }

    /// Ends every process, the last started first.
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            parts.removeLast().close();
        }
    }

    private void look() throws PartFailedException, InterruptedException {
        boolean awaited = false;
        for (Part part : all()) {
            if (!part.child().isAlive() && !part.isDown()) {
                mourn(part);
            }
            if (part.isDown() && part.mayStart()) {
                restart(part);
            }
            awaited |= part.isAwaited();
        }
        if (System.nanoTime() - readAtNanos > (awaited ? EAGER_READING : READING).toNanos()) {
            read();
        }
        for (Part part : all()) {
            part.backAfter()
                    .ifPresent(time -> out.printf(
                            Locale.ROOT, "aerie: %s works again after %.1f s%n", part.name(), time.toMillis() / 1e3));
        }
    }

    private void mourn(Part part) throws PartFailedException, InterruptedException {
        long foundAtNanos = System.nanoTime();
        Thread.sleep(MOMENT);
        requireOpen(part.name());
        String ending = part.child().ending();
        part.ended(foundAtNanos);
        out.println("aerie: " + part.name() + " has ended " + ending + ": it is restarted");
    }

    private synchronized void restart(Part part) throws PartFailedException {
        requireOpen(part.name());
        part.startAgain();
    }

    private synchronized void requireOpen(String name) throws PartFailedException {
        if (closed) {
            throw PartFailedException.told(name + " was not started: the demo is ending");
        }
    }

    private synchronized List<Part> all() {
        return List.copyOf(parts);
    }
}
