package dev.aerie.ingest.forward;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.limits.ByteBudget;
import java.util.ArrayList;
import java.util.List;

/// All streams that are sent to other servers.
public final class Forwards implements AutoCloseable {

    private static final int PART_OF_MEMORY = 8;

    private final List<Forward> all = new ArrayList<>();

    /// What may wait for all servers together has an eighth of the memory for objects.
    public Forwards(List<ForwardTarget> targets, Relay relay) {
        var budget = ByteBudget.ofProcess(PART_OF_MEMORY);
        for (ForwardTarget target : targets) {
            all.add(new Forward(all.size() + 1, target, relay, budget));
        }
    }

    public void start() {
        all.forEach(Forward::start);
    }

    /// How many servers take frames now.
    public long sending() {
        return all.stream().filter(Forward::isSending).count();
    }

    /// Frames sent so far, one for each server.
    public long sent() {
        return all.stream().mapToLong(Forward::sent).sum();
    }

    @Override
    public void close() {
        all.forEach(Forward::close);
    }
}
