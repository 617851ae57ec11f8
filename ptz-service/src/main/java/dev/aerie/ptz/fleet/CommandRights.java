package dev.aerie.ptz.fleet;

import dev.aerie.messages.amqp.BrokerLease;
import dev.aerie.ptz.fleet.CommandRight.Standing;
import java.time.Duration;
import java.util.Map;

/// The leases of all cameras at the broker: of several services that are given the same cameras, the first one commands
/// a camera.
///
/// Owns the leases until [#close].
public final class CommandRights implements AutoCloseable {

    /// For so long after the start a broker that has not answered yet keeps the cameras waiting.
    static final Duration GRACE = Duration.ofSeconds(2);

    private final Map<String, BrokerLease> leases;
    private final long createdNanos = System.nanoTime();

    /// - `leases`: by camera; owned from here on. A camera without one is always ours
    public CommandRights(Map<String, BrokerLease> leases) {
        this.leases = Map.copyOf(leases);
    }

    public void start() {
        leases.values().forEach(BrokerLease::start);
    }

    public CommandRight of(String camera) {
        BrokerLease lease = leases.get(camera);
        return lease == null ? CommandRight.ALWAYS : () -> standing(lease.state());
    }

    private Standing standing(BrokerLease.State state) {
        return switch (state) {
            case HELD -> Standing.OURS;
            case TAKEN -> Standing.ANOTHERS;
            case UNKNOWN -> System.nanoTime() - createdNanos < GRACE.toNanos() ? Standing.PENDING : Standing.UNKNOWN;
        };
    }

    @Override
    public void close() {
        leases.values().forEach(BrokerLease::close);
    }
}
