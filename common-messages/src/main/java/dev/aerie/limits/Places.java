package dev.aerie.limits;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// Places that clients take and give back: connections, requests under way. One address cannot take them all.
/// Thread-safe.
public final class Places {

    private final int max;
    private final int maxPerAddress;

    @GuardedBy("this")
    private final Map<AddressGroup, Integer> byAddress = new HashMap<>();

    @GuardedBy("this")
    private int taken;

    @GuardedBy("this")
    private long refused;

    /// - `max`, `maxPerAddress`: at least 1
    public Places(int max, int maxPerAddress) {
        if (max < 1 || maxPerAddress < 1) {
            throw new IllegalArgumentException("places must be >= 1, were " + max + " and " + maxPerAddress);
        }
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /// Takes a place; returns false, and counts it, where none is left for this address. Who took one gives it back
    /// once by [#leave].
    @CanIgnoreReturnValue
    public synchronized boolean enter(InetAddress address) {
        var group = AddressGroup.of(address);
        int own = byAddress.getOrDefault(group, 0);
        if (taken >= max || own >= maxPerAddress) {
            refused++;
            return false;
        }
        taken++;
        byAddress.put(group, own + 1);
        return true;
    }

    public synchronized void leave(InetAddress address) {
        taken--;
        byAddress.computeIfPresent(AddressGroup.of(address), (_, own) -> own == 1 ? null : own - 1);
    }

    public synchronized int taken() {
        return taken;
    }

    /// How often none was left, since the start.
    public synchronized long refused() {
        return refused;
    }
}
