package dev.aerie.cli.demo;

import dev.aerie.host.Child;
import dev.aerie.host.PartFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// One part of the demo: its process and the restarts of it. Used by one thread; [#close] by any.
final class Part implements AutoCloseable {

    /// Maximum number of ends within [#WITHIN].
    static final int MAX_ENDS = 5;

    static final Duration WITHIN = Duration.ofMinutes(1);

    private final PartPlan plan;
    private final Path logs;
    private final Deque<Long> endedAtNanos = new ArrayDeque<>();
    private volatile Child child;
    private boolean down;
    private int restarts;
    private long waitsUntilNanos;
    private long workBefore;
    private Optional<Long> diedAtNanos = Optional.empty();

    private Part(PartPlan plan, Path logs, Child child) {
        this.plan = plan;
        this.logs = logs;
        this.child = child;
    }

    /// Starts the first process.
    static Part start(PartPlan plan, Path logs) throws PartFailedException {
        return new Part(plan, logs, Child.start(plan.name(), plan.command().get(), plan.settings(), logs));
    }

    String name() {
        return plan.name();
    }

    Child child() {
        return child;
    }

    boolean isReady() {
        return plan.ready().getAsBoolean();
    }

    int restarts() {
        return restarts;
    }

    /// Whether the process has ended and is not restarted yet.
    boolean isDown() {
        return down;
    }

    /// Records the end of the process at a `System.nanoTime()`. Throws if it could not start at all or ended too often.
    void ended(long atNanos) throws PartFailedException {
        if (restarts == 0) {
            child.requireAbleToStart();
        }
        down = true;
        long now = System.nanoTime();
        endedAtNanos.addLast(now);
        while (now - endedAtNanos.getFirst() > WITHIN.toNanos()) {
            endedAtNanos.removeFirst();
        }
        if (endedAtNanos.size() >= MAX_ENDS) {
            throw new PartFailedException("%s has ended %d times in %d s, the last time %s: %s (see %s)"
                    .formatted(
                            name(),
                            endedAtNanos.size(),
                            WITHIN.toSeconds(),
                            child.ending(),
                            child.lastLine(),
                            child.log()));
        }
        diedAtNanos = Optional.of(diedAtNanos.orElse(atNanos));
        plan.work().read(); // the work of the process until its end
        plan.work().newLife();
        workBefore = plan.work().done();
        waitsUntilNanos = now + Duration.ofSeconds(endedAtNanos.size() - 1L).toNanos();
    }

    /// Whether to restart now: at once after the first end, later after each further one.
    boolean mayStart() {
        return System.nanoTime() - waitsUntilNanos >= 0;
    }

    /// Starts the next process; it appends to the same log.
    void startAgain() throws PartFailedException {
        restarts++;
        nextLife();
    }

    /// Ends the process and starts the next on request.
    void renew() throws PartFailedException {
        child.close();
        plan.work().newLife();
        nextLife();
    }

    private void nextLife() throws PartFailedException {
        child.close();
        child = Child.startAgain(plan.name(), plan.command().get(), plan.settings(), logs);
        down = false;
    }

    void readWork() {
        plan.work().read();
    }

    /// Duration of the interruption, returned once, when it works again.
    Optional<Duration> backAfter() {
        if (diedAtNanos.isEmpty() || down || plan.work().done() <= workBefore) {
            return Optional.empty();
        }
        var interrupted = Duration.ofNanos(System.nanoTime() - diedAtNanos.get());
        diedAtNanos = Optional.empty();
        return Optional.of(interrupted);
    }

    /// Whether its work is interrupted by the end of its process.
    boolean isAwaited() {
        return diedAtNanos.isPresent();
    }

    @Override
    public void close() {
        child.close();
    }
}
