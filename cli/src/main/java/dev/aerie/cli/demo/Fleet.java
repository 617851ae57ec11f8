package dev.aerie.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The processes of a demo, from their start until [#close]. Started and watched by one thread, closed by any.
final class Fleet implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final FleetPlan plan;
    private final Supervisor supervisor;
    private final List<Part> starting = new ArrayList<>();
    private Optional<Part> drone = Optional.empty();
    private Optional<Part> frames = Optional.empty();

    Fleet(FleetPlan plan, Installation installation, PrintStream out) {
        this.plan = plan;
        this.supervisor = new Supervisor(installation.logs(), out);
    }

    /// Starts the demo's own broker and waits for it.
    void startBroker() throws PartFailedException, InterruptedException {
        var broker = supervisor.start(plan.broker());
        supervisor.awaitReady(List.of(broker), START_LIMIT);
    }

    /// Starts all services and the drone, which prepares its flight meanwhile.
    void startAll() throws PartFailedException {
        starting.add(supervisor.start(plan.ingest()));
        frames = Optional.of(supervisor.start(plan.frames()));
        starting.addAll(frames.stream().toList());
        starting.add(supervisor.start(plan.analysis()));
        starting.add(supervisor.start(plan.storage()));
        drone = Optional.of(supervisor.start(plan.source()));
        starting.addAll(drone.stream().toList());
    }

    void awaitReady() throws PartFailedException, InterruptedException {
        supervisor.awaitReady(starting, START_LIMIT);
    }

    void takeOff() {
        plan.takeOff();
        drone.ifPresent(part -> part.child().say("fly"));
    }

    /// Supervises all parts until `over`.
    void watch(BooleanSupplier over, Supervisor.Round round) throws PartFailedException, InterruptedException {
        supervisor.watch(over, round);
    }

    /// The current process of a part.
    Optional<ProcessHandle> process(String part) {
        return supervisor.process(part);
    }

    /// Restarts the frame-processor with a newly installed model.
    void renewFrames() throws PartFailedException {
        if (frames.isPresent()) {
            supervisor.renew(frames.get());
        }
    }

    /// Ends the drone and waits until the archive has closed its recordings, for `limit` at most.
    void land(Duration limit) throws InterruptedException {
        drone.ifPresent(Part::close);
        long deadline = System.nanoTime() + limit.toNanos();
        while (isRecording() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
    }

    /// Counts of all services until now.
    ServiceCounts counts() {
        supervisor.read();
        return plan.counts();
    }

    Map<String, Integer> restarts() {
        return supervisor.restarts();
    }

    @Override
    public void close() {
        supervisor.close();
    }

    private boolean isRecording() {
        try {
            for (JsonNode check : plan.storageApi().json("/q/health/ready").path("checks")) {
                for (var name : check.path("data").properties()) {
                    if (name.getKey().startsWith("stream.")) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException _) {
            return false;
        }
    }
}
