package dev.aerie.ptz.http;

import dev.aerie.ptz.camera.PtzException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps wrong credentials from a camera for a while: many lock an account after five to seven wrong attempts, and a
/// controller makes ten a second. Used by one thread.
public final class RefusalPause {

    static final Duration LENGTH = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private boolean refused;
    private long refusedNanos;

    /// - `nanoTime`: a clock that only goes forward
    public RefusalPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Throws [PtzException] with [PtzException.Reason#UNAUTHORIZED] while the camera is not to be asked.
    public void check(String camera) throws PtzException {
        if (refused && nanoTime.getAsLong() - refusedNanos < LENGTH.toNanos()) {
            throw new PtzException(
                    PtzException.Reason.UNAUTHORIZED,
                    "camera " + camera + ": not asked: it refused the credentials less than " + LENGTH.toSeconds()
                            + " s ago, and many lock the account when asked again and again");
        }
    }

    /// The camera refused the credentials, or took them.
    public void set(boolean isRefused) {
        refused = isRefused;
        refusedNanos = nanoTime.getAsLong();
    }
}
