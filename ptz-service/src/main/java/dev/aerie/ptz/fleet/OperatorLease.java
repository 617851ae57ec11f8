package dev.aerie.ptz.fleet;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which person moves a camera by hand. Whoever commands it last holds it, until a release or until some time without
/// a command.
///
/// Times are those of `System.nanoTime()`. Safe for several threads.
public final class OperatorLease {

    private final Duration timeout;
    private @Nullable String holder;
    private long untilNanos;

    /// Who took the camera from whom.
    ///
    /// - `before`: another person who held it; empty for nobody
    public record Change(String operator, Optional<String> before) {}

    /// - `timeout`: after the last command
    public OperatorLease(Duration timeout) {
        this.timeout = timeout;
    }

    /// A command of `operator`, who holds the camera from now on; what changed by it, empty where he held it already.
    synchronized Optional<Change> take(String operator, long now) {
        Optional<String> before = holder(now);
        holder = operator;
        untilNanos = now + timeout.toNanos();
        return before.equals(Optional.of(operator)) ? Optional.empty() : Optional.of(new Change(operator, before));
    }

    /// Holds on, or takes what nobody holds; false where another person holds it.
    synchronized boolean hold(String operator, long now) {
        if (holder(now).filter(other -> !other.equals(operator)).isPresent()) {
            return false;
        }
        holder = operator;
        untilNanos = now + timeout.toNanos();
        return true;
    }

    /// Lets go; false where `operator` does not hold it.
    synchronized boolean release(String operator, long now) {
        boolean isHeld = holder(now).equals(Optional.of(operator));
        if (isHeld) {
            holder = null;
        }
        return isHeld;
    }

    /// Who held it until its time ran out, once.
    synchronized Optional<String> expired(long now) {
        String last = holder;
        if (last == null || untilNanos - now > 0) {
            return Optional.empty();
        }
        holder = null;
        return Optional.of(last);
    }

    /// Who holds it now.
    public synchronized Optional<String> holder(long now) {
        return holder == null || untilNanos - now <= 0 ? Optional.empty() : Optional.of(holder);
    }

    /// How long the holder has it still; zero for nobody.
    public synchronized Duration left(long now) {
        return holder(now).isEmpty() ? Duration.ZERO : Duration.ofNanos(untilNanos - now);
    }
}
