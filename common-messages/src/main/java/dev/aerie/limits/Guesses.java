package dev.aerie.limits;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Slows down who guesses credentials: an address may be wrong ten times, and then once a second. Beyond that its
/// credentials are not looked at, be they right or wrong, on whichever connection they come. Thread-safe.
public final class Guesses {

    /// Wrong credentials that an address has at once.
    public static final int AT_ONCE = 10;

    private static final long NANOS_PER_GUESS = 1_000_000_000L;
    private static final int MAX_ADDRESSES = 10_000;

    private final LongSupplier nanoTime;

    /// When all guesses of an address are forgotten; those heard of longest ago first.
    @GuardedBy("this")
    private final Map<AddressGroup, Long> forgottenAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressGroup, Long> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /// - `nanoTime`: monotonic
    public Guesses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Whether credentials from this address are looked at now.
    public synchronized boolean mayGuess(InetAddress address) {
        return debtNanos(AddressGroup.of(address)) <= (AT_ONCE - 1) * NANOS_PER_GUESS;
    }

    /// Credentials from this address were wrong.
    public synchronized void wrong(InetAddress address) {
        var group = AddressGroup.of(address);
        forgottenAt.put(group, nanoTime.getAsLong() + debtNanos(group) + NANOS_PER_GUESS);
    }

    @GuardedBy("this")
    private long debtNanos(AddressGroup group) {
        Long until = forgottenAt.get(group);
        return until == null ? 0 : Math.max(0, until - nanoTime.getAsLong());
    }
}
